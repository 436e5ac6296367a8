// A gateway as one writes it with Connect: every message becomes an object and bytes again.

import { createServer } from 'node:http';
import { createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport } from '@connectrpc/connect-node';
import { Observer } from '@finderscope/hubble-api';
import { announce } from './serve.ts';

const upstream = createClient(
  Observer,
  createGrpcTransport({ baseUrl: `http://127.0.0.1:${process.argv[2] ?? ''}` }),
);
const server = createServer(
  connectNodeAdapter({
    routes: (router) => {
      router.service(Observer, { getFlows: (request) => upstream.getFlows(request) });
    },
  }),
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  announce(typeof address === 'object' && address !== null ? address.port : 0);
});
