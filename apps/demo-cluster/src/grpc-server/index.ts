export { type Method, serverStream, unary, unimplemented } from './method.ts';
export { type GrpcServer, type GrpcServerOptions, startGrpcServer, type TlsMaterial } from './server.ts';
export { ServerCall } from './server-call.ts';
