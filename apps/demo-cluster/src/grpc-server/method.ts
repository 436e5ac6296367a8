// What a method is to the server: its path and a handler. Messages are encoded and decoded here, at the edge.

import {
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';

import type { ServerCall } from './server-call.ts';

/** Answers one call. `request` holds the bytes of the one request message. A throw becomes the call's status. */
export type Method = {
  readonly path: string;
  readonly handle: (request: Uint8Array, call: ServerCall) => Promise<void>;
};

type UnaryDesc<I extends DescMessage, O extends DescMessage> = DescMethod & {
  readonly methodKind: 'unary';
  readonly input: I;
  readonly output: O;
};

type StreamDesc<I extends DescMessage, O extends DescMessage> = DescMethod & {
  readonly methodKind: 'server_streaming';
  readonly input: I;
  readonly output: O;
};

/** `/package.Service/Method`. */
export function methodPath(desc: DescMethod): string {
  return `/${desc.parent.typeName}/${desc.name}`;
}

function decode<I extends DescMessage>(schema: I, bytes: Uint8Array): MessageShape<I> {
  try {
    return fromBinary(schema, bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GrpcError(GrpcCode.INTERNAL, `grpc: error unmarshalling request: ${reason}`, { cause });
  }
}

/** One request, one answer. */
export function unary<I extends DescMessage, O extends DescMessage>(
  desc: UnaryDesc<I, O>,
  answer: (request: MessageShape<I>, call: ServerCall) => MessageShape<O> | Promise<MessageShape<O>>,
): Method {
  return {
    path: methodPath(desc),
    handle: async (bytes, call) => {
      const response = await answer(decode(desc.input, bytes), call);
      await call.writeMessage(toBinary(desc.output, response));
    },
  };
}

/** One request, then messages until the promise settles. What has its frames ready writes them to `call` itself. */
export function serverStream<I extends DescMessage, O extends DescMessage>(
  desc: StreamDesc<I, O>,
  run: (
    request: MessageShape<I>,
    send: (message: MessageShape<O>) => Promise<void>,
    call: ServerCall,
  ) => Promise<void>,
): Method {
  return {
    path: methodPath(desc),
    handle: async (bytes, call) => {
      const send = (message: MessageShape<O>): Promise<void> =>
        call.writeMessage(toBinary(desc.output, message));
      await run(decode(desc.input, bytes), send, call);
    },
  };
}

/** A method that exists in the API and that this server does not offer. */
export function unimplemented(desc: DescMethod, message: string): Method {
  return {
    path: methodPath(desc),
    handle: () => Promise.reject(new GrpcError(GrpcCode.UNIMPLEMENTED, message)),
  };
}
