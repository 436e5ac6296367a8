// A gateway as one writes it with grpc-js: messages stay bytes, but each passes through its streams by itself.

import { Client, credentials, type MethodDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { announce } from './serve.ts';

const same = (bytes: Buffer): Buffer => bytes;
const getFlows: MethodDefinition<Buffer, Buffer> = {
  path: '/observer.Observer/GetFlows',
  requestStream: false,
  responseStream: true,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
};

const upstream = new Client(`127.0.0.1:${process.argv[2] ?? ''}`, credentials.createInsecure());
const server = new Server();
server.addService(
  { getFlows },
  {
    getFlows: (call: ServerWritableStream<Buffer, Buffer>) => {
      const stream = upstream.makeServerStreamRequest(getFlows.path, same, same, call.request);
      stream.on('error', () => call.end());
      stream.on('end', () => call.end());
      stream.on('data', (message: Buffer) => {
        if (call.write(message)) return;
        stream.pause();
        call.once('drain', () => stream.resume());
      });
    },
  },
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  announce(port);
});
