// The three ways a call can arrive, told apart by content type.

import type { IncomingHttpHeaders } from 'node:http';

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

/**
 * Whether a browser is at the other end. A proxy that turns gRPC-web into gRPC on its way (Envoy and its kin) changes the
 * content type and leaves the header that every gRPC-web client sends; no client of plain gRPC sends it.
 */
export function isFromBrowser(format: WireFormat, headers: IncomingHttpHeaders): boolean {
  return format !== 'grpc' || headers['x-grpc-web'] !== undefined;
}

/** The content type of the answer. */
export function contentTypeOf(format: WireFormat): string {
  return format === 'grpc' ? 'application/grpc' : `application/${format}+proto`;
}
