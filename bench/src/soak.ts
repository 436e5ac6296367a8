// npm run soak: fifty million flows through one store with everything open that panes keep open, while pods come and
// go. Memory is sampled all along; it must be as flat at the end as it was when the store had just filled up.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { assert } from '@finderscope/base';
import { FlowStore } from '@finderscope/flow-store';
import { churnOf } from './churn.ts';
import { loadCorpus } from './corpus.ts';
import { complete, listOf } from './filled-store.ts';
import { median } from './measure.ts';
import { watch } from './watch.ts';

const HELP = `npm run soak -- [--flows N] [--json FILE]

  --flows   how many, 50000000 unless told; at least 8000000, so that the store is full for most of the time
  --json    writes the samples and the result to the file
`;
const BATCH = 100;
const FLUSH_ROWS = 5000;
const SAMPLES = 40;
const LEAST_FLOWS = 8_000_000;
/** Growth from the second quarter to the last that counts as none: a collector's whims are larger than this. */
const FLAT = 1.1;
const MB = 1 << 20;
const FILTERS = ['', 'verdict:DROPPED', 'not namespace:kube-system'];

type Sample = {
  readonly flows: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly buffersMb: number;
  readonly dictionariesMb: number;
  readonly endpoints: number;
  readonly podsSeen: number;
  readonly flowsPerSecond: number;
};

function readOptions(): { flows: number; json: string | undefined } {
  const { values } = parseArgs({
    options: { flows: { type: 'string', default: '50000000' }, json: { type: 'string' } },
  });
  const flows = Number(values.flows);
  if (!Number.isInteger(flows) || flows < LEAST_FLOWS)
    throw new TypeError('--flows is not a number, or too small');
  return { flows, json: values.json };
}

async function soak(flows: number): Promise<readonly Sample[]> {
  const corpus = await loadCorpus();
  const churn = churnOf(corpus);
  const store = new FlowStore();
  const lists = FILTERS.map((filter) => listOf(store, filter));
  for (const list of lists) watch(store, list);
  const samples: Sample[] = [];
  const cycles = Math.ceil(flows / corpus.count);
  const every = Math.max(1, Math.floor(cycles / SAMPLES));
  let podsSeen = churn.pods;
  let begun = performance.now();
  for (let cycle = 1; cycle <= cycles; cycle++) {
    podsSeen += churn.turn(cycle);
    corpus.stamp(cycle);
    for (let i = 0; i < corpus.count; i += BATCH) {
      const count = Math.min(BATCH, corpus.count - i);
      store.append(corpus.bytes, corpus.spans.subarray(i * 2, (i + count) * 2), count);
      if ((i + count) % FLUSH_ROWS === 0) for (const list of lists) complete(list);
    }
    if (cycle % every !== 0) continue;
    const seconds = (performance.now() - begun) / 1000;
    samples.push(sample(store, cycle * corpus.count, podsSeen, (every * corpus.count) / seconds));
    begun = performance.now();
  }
  const { held, evicted, duplicate, malformed } = store.counts;
  assert(
    held + evicted === cycles * corpus.count && duplicate + malformed === 0,
    'every flow is in the books',
  );
  return samples;
}

function sample(store: FlowStore, flows: number, podsSeen: number, flowsPerSecond: number): Sample {
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const made = {
    flows,
    rssMb: Math.round(rss / MB),
    heapMb: Math.round(heapUsed / MB),
    buffersMb: Math.round(arrayBuffers / MB),
    dictionariesMb: Math.round(store.dictionaryBytes / MB),
    endpoints: store.dictionaries.endpoint.size,
    podsSeen,
    flowsPerSecond: Math.round(flowsPerSecond),
  };
  const cells = Object.entries(made).map(([name, value]) => `${name} ${value.toLocaleString('en')}`);
  process.stdout.write(`${cells.join('   ')}\n`);
  return made;
}

try {
  const { flows, json } = readOptions();
  const samples = await soak(flows);
  const quarter = Math.floor(samples.length / 4);
  const settled = median(samples.slice(quarter, quarter * 2).map(({ rssMb }) => rssMb));
  const last = median(samples.slice(-quarter).map(({ rssMb }) => rssMb));
  const ratio = last / settled;
  process.stdout.write(
    `\nsoak.rss: ${last} MB in the last quarter, ${settled} MB in the second: ${ratio.toFixed(3)}x\n`,
  );
  const result = { name: 'soak.rss', unit: 'MB', value: last, baseline: settled, ratio };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ result, samples }, undefined, 2)}\n`);
  process.exitCode = ratio <= FLAT ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exitCode = 2;
}
