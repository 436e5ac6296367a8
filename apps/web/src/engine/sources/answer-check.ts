// Is this HTTP answer the start of a gRPC-web stream? If not, says what it is instead, in words for a person.

import { GrpcCode, grpcCodeName, unescapeGrpcMessage } from '@finderscope/grpc-wire';

/** Why there is no stream: the name of a gRPC code, or one of HTTP_nnn, NETWORK, NOT_GRPC_WEB, TRUNCATED. */
export type StreamEnd = { readonly code: string; readonly reason: string };

const GRPC_WEB = /^application\/grpc-web(\+proto)?\s*(;|$)/i;
const GRPC_WEB_TEXT = /^application\/grpc-web-text/i;

/** undefined when the body holds frames; otherwise why there is nothing to read. */
export function checkAnswer(response: Response): StreamEnd | undefined {
  const status = response.headers.get('grpc-status');
  if (status !== null && /^\d+$/.test(status) && Number(status) !== GrpcCode.OK) {
    const message = unescapeGrpcMessage(response.headers.get('grpc-message') ?? '');
    return { code: grpcCodeName(Number(status)), reason: message };
  }
  if (response.status !== 200) {
    const text = response.statusText === '' ? '' : ` ${response.statusText}`;
    return {
      code: `HTTP_${response.status}`,
      reason: `The server answered with HTTP status ${response.status}${text}.`,
    };
  }
  const type = response.headers.get('content-type') ?? '';
  if (GRPC_WEB.test(type)) return undefined;
  return { code: 'NOT_GRPC_WEB', reason: notGrpcWeb(type) };
}

function notGrpcWeb(type: string): string {
  const bare = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (bare === '') return 'The server answered without a content type: it is no gRPC-web endpoint.';
  if (bare === 'text/html') {
    return 'The server answered with a web page instead of gRPC-web: a login page or a proxy may be in between.';
  }
  if (bare === 'application/json') return 'The server answered with JSON instead of gRPC-web.';
  if (GRPC_WEB_TEXT.test(bare))
    return 'The server answered with gRPC-web text, although binary was asked for.';
  if (bare.startsWith('application/grpc')) {
    return 'The server answered with plain gRPC: a gRPC-web proxy is missing in between.';
  }
  return `The server answered with ${bare} instead of gRPC-web.`;
}
