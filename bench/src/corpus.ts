// The flows that benches run on: recorded once from the demo cluster's generated load.
//
//   .cache/bench-flows.bin   gRPC frames, one behind the other, as the cluster sent them

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { assert } from '@finderscope/base';
import { encodeFrame, FRAME_HEADER_BYTES, readFrameLength } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { type Corpus, corpusOf } from './stamped-corpus.ts';

const FLOWS = 20_000;
const RATE = 20_000;
const NODES = 10;
const cacheFile = fileURLToPath(new URL('../../.cache/bench-flows.bin', import.meta.url));

/** The corpus, recorded first where it is not there. */
export async function loadCorpus(): Promise<Corpus> {
  return corpusOf(await loadCorpusBytes());
}

/** Its frames as they were recorded, one behind the other. */
export async function loadCorpusBytes(): Promise<Uint8Array<ArrayBuffer>> {
  if (!existsSync(cacheFile)) {
    const recorded = await record();
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(cacheFile, recorded);
  }
  return new Uint8Array(readFileSync(cacheFile));
}

async function record(): Promise<Uint8Array> {
  // Loaded only here: processes that measure their own memory have a corpus already.
  const { startDemoCluster } = await import('@finderscope/demo-cluster');
  const cluster = await startDemoCluster({ scenario: 'load', rate: RATE, nodes: NODES, port: 0, seed: 7 });
  const session = connect(`http://${cluster.relayAddress}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/observer.Observer/GetFlows',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const request = create(GetFlowsRequestSchema, { follow: true });
  stream.end(encodeFrame(toBinary(GetFlowsRequestSchema, request)));
  const kept: Uint8Array[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    assert(Buffer.isBuffer(chunk), 'a stream of bytes');
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= FRAME_HEADER_BYTES && kept.length < FLOWS) {
      const end = FRAME_HEADER_BYTES + readFrameLength(rest, 0);
      if (rest.length < end) break;
      const message = fromBinary(GetFlowsResponseSchema, rest.subarray(FRAME_HEADER_BYTES, end));
      if (message.responseTypes.case === 'flow') kept.push(new Uint8Array(rest.subarray(0, end)));
      rest = rest.subarray(end);
    }
    if (kept.length >= FLOWS) break;
  }
  session.destroy();
  await cluster.stop();
  return Buffer.concat(kept);
}
