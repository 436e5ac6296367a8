import { GrpcError, grpcCodeName } from '@finderscope/grpc-wire';

/** `ServerStatus failed: connection refused`; where no reason is given, the name of the code. */
export function statusFailure(error: Error): string {
  const reason = error.message.trim();
  if (reason !== '') return `ServerStatus failed: ${reason}`;
  return error instanceof GrpcError
    ? `ServerStatus failed with ${grpcCodeName(error.code)} and gave no reason.`
    : 'ServerStatus failed and gave no reason.';
}
