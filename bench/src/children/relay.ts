// A Relay that sends one flow of usual size as often as it is told, each message in a DATA frame of its own. Told 0, it
// sends none and leaves its streams open.

import { encodeFrame } from '@finderscope/grpc-wire';
import { startRawRelay } from '@finderscope/gateway/testing/raw-relay';
import { loadCorpus } from '../corpus.ts';
import { announce } from './serve.ts';

const total = Number(process.argv[2] ?? '1');
const { bytes, spans, count } = await loadCorpus();
const bySize = Array.from({ length: count }, (_, i) => bytes.subarray(spans[i * 2], spans[i * 2 + 1])).sort(
  (a, b) => a.length - b.length,
);
const { port } = await startRawRelay(
  encodeFrame(bySize[count >> 1] ?? new Uint8Array(0)),
  total,
  total === 0 ? 'silent' : 'trailers',
);
announce(port);
