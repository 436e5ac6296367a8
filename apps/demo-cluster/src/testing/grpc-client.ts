// A raw gRPC client over node:http2 for tests: what a real client sends and what it gets, headers and trailers included.

import { connect, constants, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import type { SecureClientSessionOptions } from 'node:http2';

import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  encodeFrame,
  FRAME_HEADER_BYTES,
  readFrameLength,
  unescapeGrpcMessage,
} from '@finderscope/grpc-wire';

type Desc<I extends DescMessage, O extends DescMessage> = DescMethod & {
  readonly input: I;
  readonly output: O;
};

export type CallEnd = {
  readonly code: number;
  readonly message: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes of an unfinished frame at the end. */
  readonly leftover: number;
  readonly rstCode: number | undefined;
};

export type TestCall<O extends DescMessage> = {
  /** The next message, undefined at the end. Nothing is read ahead of the first call. */
  readonly next: () => Promise<MessageShape<O> | undefined>;
  /** The next frame's bytes as they came. */
  readonly nextBytes: () => Promise<Uint8Array | undefined>;
  readonly end: Promise<CallEnd>;
  readonly cancel: () => void;
};

export class TestClient {
  readonly session: ClientHttp2Session;

  constructor(address: string, tls?: SecureClientSessionOptions) {
    this.session = connect(`${tls === undefined ? 'http' : 'https'}://${address}`, tls);
    this.session.on('error', () => undefined);
  }

  call<I extends DescMessage, O extends DescMessage>(
    desc: Desc<I, O>,
    request: MessageInitShape<I>,
    headers: Record<string, string> = {},
  ): TestCall<O> {
    const bytes = encodeFrame(toBinary(desc.input, create(desc.input, request)));
    return this.raw(`/${desc.parent.typeName}/${desc.name}`, bytes, desc.output, headers);
  }

  raw<O extends DescMessage>(
    path: string,
    body: Uint8Array,
    output: O,
    headers: Record<string, string> = {},
  ): TestCall<O> {
    const stream = this.session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    const { promise: end, resolve } = Promise.withResolvers<CallEnd>();
    let responseHeaders: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    let buffered = Buffer.alloc(0);
    let ended = false;
    let wake: (() => void) | undefined;
    stream.on('response', (got) => {
      responseHeaders = got;
    });
    stream.on('trailers', (got) => {
      trailers = got;
    });
    stream.on('error', () => undefined);
    stream.on('close', () => {
      ended = true;
      wake?.();
      const status = trailers['grpc-status'] ?? responseHeaders['grpc-status'];
      const message = trailers['grpc-message'] ?? responseHeaders['grpc-message'] ?? '';
      resolve({
        code: status === undefined ? -1 : Number(status),
        message: unescapeGrpcMessage(String(message)),
        headers: responseHeaders,
        leftover: buffered.length,
        rstCode: stream.rstCode,
      });
    });
    stream.on('data', (piece: Buffer) => {
      buffered = Buffer.concat([buffered, piece]);
      wake?.();
    });
    stream.end(body);
    const nextBytes = async (): Promise<Uint8Array | undefined> => {
      for (;;) {
        if (buffered.length >= FRAME_HEADER_BYTES) {
          const length = FRAME_HEADER_BYTES + readFrameLength(buffered, 0);
          if (buffered.length >= length) {
            const message = buffered.subarray(FRAME_HEADER_BYTES, length);
            buffered = buffered.subarray(length);
            return message;
          }
        }
        if (ended) return undefined;
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    };
    return {
      nextBytes,
      next: async () => {
        const message = await nextBytes();
        return message === undefined ? undefined : fromBinary(output, message);
      },
      end,
      cancel: () => {
        stream.close(constants.NGHTTP2_CANCEL);
      },
    };
  }

  /** Every message of a call that ends by itself. */
  async all<I extends DescMessage, O extends DescMessage>(
    desc: Desc<I, O>,
    request: MessageInitShape<I>,
    headers: Record<string, string> = {},
  ): Promise<{ readonly messages: MessageShape<O>[]; readonly end: CallEnd }> {
    const call = this.call(desc, request, headers);
    const messages: MessageShape<O>[] = [];
    for (let got = await call.next(); got !== undefined; got = await call.next()) messages.push(got);
    return { messages, end: await call.end };
  }

  close(): void {
    this.session.destroy();
  }
}
