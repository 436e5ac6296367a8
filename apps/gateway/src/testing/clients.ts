// Clients of the gateway: gRPC-web over fetch or, where the test reads the stream itself, node:http; plain gRPC over HTTP/2.

import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2';
import {
  encodeFrame,
  FLAG_TRAILERS,
  parseTrailerBody,
  readFrames,
  type Trailers,
} from '@finderscope/grpc-wire';

export type Answer = {
  readonly httpStatus: number;
  readonly headers: Headers;
  readonly messages: readonly string[];
  readonly trailers: Trailers | undefined;
  readonly trailerText: string;
  /** Bytes behind the last whole frame. */
  readonly restBytes: number;
};

const WEB = 'application/grpc-web+proto';

/** One call over fetch; messages are given and returned as latin1 text so that tests read well. */
export async function callWeb(
  url: string,
  method: string,
  message: Uint8Array = new Uint8Array(),
  init: {
    readonly headers?: Record<string, string>;
    readonly text?: boolean;
    readonly body?: Uint8Array;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const frame = Buffer.from(init.body ?? encodeFrame(message));
  const response = await fetch(`${url}${method}`, {
    method: 'POST',
    headers: { 'content-type': init.text === true ? 'application/grpc-web-text' : WEB, ...init.headers },
    body: init.text === true ? frame.toString('base64') : frame,
    ...(init.signal === undefined ? {} : { signal: init.signal }),
  });
  const raw = Buffer.from(await response.arrayBuffer());
  return readAnswer(response, init.text === true ? decodePadded(raw.toString('latin1')) : raw);
}

function readAnswer(response: Response, bytes: Buffer): Answer {
  const { frames, restBytes } = readFrames(bytes);
  const last = frames.at(-1);
  const closing = last !== undefined && (last.flags & FLAG_TRAILERS) !== 0 ? last : undefined;
  return {
    httpStatus: response.status,
    headers: response.headers,
    messages: frames
      .filter((frame) => frame !== closing)
      .map((frame) => Buffer.from(frame.message).toString('latin1')),
    trailers: closing === undefined ? undefined : parseTrailerBody(closing.message),
    trailerText: closing === undefined ? '' : Buffer.from(closing.message).toString('latin1'),
    restBytes,
  };
}

function decodePadded(text: string): Buffer {
  return Buffer.concat((text.match(/[^=]+=*/g) ?? []).map((piece) => Buffer.from(piece, 'base64')));
}

export type GrpcAnswer = {
  readonly headers: IncomingHttpHeaders;
  readonly messages: readonly string[];
  readonly trailers: IncomingHttpHeaders;
};

/** One plain gRPC call over HTTP/2, cleartext with prior knowledge or TLS by the URL's scheme. */
export async function callGrpc(
  url: string,
  path: string,
  message: Uint8Array = new Uint8Array(),
  headers: Record<string, string> = {},
  tls: SecureClientSessionOptions = {},
): Promise<GrpcAnswer> {
  const session = connect(new URL(url).origin, tls);
  try {
    return await callOn(session, path, message, headers);
  } finally {
    session.close();
  }
}

function callOn(
  session: ClientHttp2Session,
  path: string,
  message: Uint8Array,
  headers: Record<string, string>,
): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    let answered: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', (received) => (answered = received));
    stream.on('trailers', (received: IncomingHttpHeaders) => (trailers = received));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => {
      const messages = readFrames(Buffer.concat(chunks)).frames.map((frame) =>
        Buffer.from(frame.message).toString('latin1'),
      );
      resolve({ headers: answered, messages, trailers });
    });
    stream.end(encodeFrame(message));
  });
}

/** A call without request fields; its answer as it arrives. */
export function openStream(url: string, method: string, contentType?: string): Promise<IncomingMessage> {
  return openRequest(url, method, new Uint8Array(), contentType);
}

/** A call whose answer is read as it arrives. */
export async function openRequest(
  url: string,
  method: string,
  message: Uint8Array,
  contentType = 'application/grpc-web+proto',
): Promise<IncomingMessage> {
  const request = httpRequest(`${url}${method}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
  });
  request.on('error', () => request.destroy());
  const frame = Buffer.from(encodeFrame(message));
  request.end(contentType.includes('text') ? frame.toString('base64') : frame);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => response.destroy());
  return response;
}
