// The three ways a call can arrive, told apart by content type.

export type WireFormat = 'grpc' | 'grpc-web' | 'grpc-web-text';

/** undefined when the content type is none of gRPC's. Parameters and letter case do not matter. */
export function wireFormatOf(contentType: string | undefined): WireFormat | undefined {
  const match = /^application\/(grpc|grpc-web|grpc-web-text)(\+proto)?\s*(;|$)/i.exec(contentType ?? '');
  switch (match?.[1]?.toLowerCase()) {
    case 'grpc':
      return 'grpc';
    case 'grpc-web':
      return 'grpc-web';
    case 'grpc-web-text':
      return 'grpc-web-text';
    default:
      return undefined;
  }
}

/** The content type of the answer. */
export function contentTypeOf(format: WireFormat): string {
  return format === 'grpc' ? 'application/grpc' : `application/${format}+proto`;
}
