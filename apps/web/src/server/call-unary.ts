// One unary call through the grpc-web client, with protobuf-es messages.
//
// The client wants message classes, which protobuf-es has not: it only ever passes them to our own (de)serialiser, so
// any class will do, Object for one. Its thenableCall is in the types but not in the code.

import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import { GrpcWebClientBase, MethodDescriptor, RpcError } from 'grpc-web';

const TIMEOUT_MS = 10_000;

const client = new GrpcWebClientBase({ format: 'binary' });

/** Rejects with a GrpcError; `baseUrl` has no slash at its end. */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  baseUrl: string,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
): Promise<MessageShape<O>> {
  const path = `/${method.parent.typeName}/${method.name}`;
  // grpc-web hands the response over untyped; keeping what our own decoder made needs no cast.
  let response: MessageShape<O> | undefined;
  const descriptor = new MethodDescriptor<unknown, unknown>(
    path,
    'unary',
    Object,
    Object,
    () => toBinary(method.input, create(method.input, request)),
    (bytes: Uint8Array) => {
      response = fromBinary(method.output, bytes);
      return response;
    },
  );
  try {
    await client.unaryCall(
      `${baseUrl}${path}`,
      request,
      { deadline: String(Date.now() + TIMEOUT_MS) },
      descriptor,
    );
  } catch (error) {
    throw toGrpcError(error, path);
  }
  if (response === undefined) throw new GrpcError(GrpcCode.INTERNAL, `${path} ended without an answer`);
  return response;
}

function toGrpcError(error: unknown, path: string): GrpcError {
  if (error instanceof RpcError) {
    // The client's words for an answer of another content type, such as a proxy's error page.
    const foreign = error.message.startsWith('Unknown Content-type');
    const message = foreign ? 'What answered does not speak gRPC-web.' : error.message;
    return new GrpcError(error.code, message, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new GrpcError(GrpcCode.INTERNAL, `${path}: ${message}`, { cause: error });
}
