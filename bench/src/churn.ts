// Pods that come and go: the corpus with other pod names and addresses after some cycles, each at its own time, as in
// a cluster where something is always being rolled out. Written in place and of the same length, so that it costs
// little beside what is measured.

import { fromBinary } from '@bufbuild/protobuf';
import { assert } from '@finderscope/base';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Corpus } from './stamped-corpus.ts';

const SUFFIX_BYTES = 5;
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** A pod lives for so many cycles. */
const LIFE = 20;

type Place = { readonly at: number; readonly length: number };
type Pod = { readonly names: Place[]; readonly addresses: Place[] };
/** A pod at one end of one flow. */
type End = { readonly pod: string; readonly name: Place | undefined; readonly address: Place | undefined };

export type Churn = {
  /** Writes the pods that live in a cycle; answers how many of them are new. */
  readonly turn: (cycle: number) => number;
  readonly pods: number;
};

export function churnOf(corpus: Corpus): Churn {
  const pods = [...findPods(corpus).values()];
  return {
    pods: pods.length,
    turn: (cycle) => {
      let fresh = 0;
      for (const [index, pod] of pods.entries()) {
        if ((cycle + index) % LIFE !== 0) continue;
        const generation = Math.floor((cycle + index) / LIFE);
        const seed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(generation, 0x85ebca6b);
        for (const { at } of pod.names) writeSuffix(corpus.bytes, at, seed);
        for (const place of pod.addresses) writeAddress(corpus.bytes, place, seed);
        fresh++;
      }
      return fresh;
    },
  };
}

/** The corpus with other pods in every flow and every cycle: no flow is like an earlier one, no endpoint comes twice. */
export function strangersOf(corpus: Corpus): { readonly turn: (cycle: number) => void } {
  const ends = endsOf(corpus);
  return {
    turn: (cycle) => {
      for (const [index, { name, address }] of ends.entries()) {
        const seed = Math.imul(cycle * ends.length + index + 1, 0x9e3779b1);
        if (name !== undefined) writeSuffix(corpus.bytes, name.at, seed);
        if (address !== undefined) writeAddress(corpus.bytes, address, seed);
      }
    },
  };
}

/** By name: the last letters of each pod's name and its address, wherever they are. */
function findPods(corpus: Corpus): ReadonlyMap<string, Pod> {
  const pods = new Map<string, Pod>();
  for (const { pod: name, name: place, address } of endsOf(corpus)) {
    const pod = pods.get(name) ?? { names: [], addresses: [] };
    pods.set(name, pod);
    if (place !== undefined) pod.names.push(place);
    if (address !== undefined) pod.addresses.push(address);
  }
  return pods;
}

function endsOf({ bytes, spans, count }: Corpus): readonly End[] {
  const ends: End[] = [];
  for (let i = 0; i < count; i++) {
    const start = spans[i * 2] ?? 0;
    const message = bytes.subarray(start, spans[i * 2 + 1]);
    const haystack = Buffer.from(message.buffer, message.byteOffset, message.length);
    const { responseTypes } = fromBinary(GetFlowsResponseSchema, message);
    assert(responseTypes.case === 'flow', 'a corpus holds flows only');
    const { source, destination, IP } = responseTypes.value;
    for (const [endpoint, address] of [
      [source, IP?.source],
      [destination, IP?.destination],
    ] as const) {
      const pod = endpoint?.podName ?? '';
      if (pod.length <= SUFFIX_BYTES) continue;
      const at = haystack.indexOf(pod);
      const ip = address === undefined || !address.startsWith('10.') ? -1 : haystack.indexOf(address);
      ends.push({
        pod,
        name: at < 0 ? undefined : { at: start + at + pod.length - SUFFIX_BYTES, length: SUFFIX_BYTES },
        address: ip < 0 || address === undefined ? undefined : { at: start + ip, length: address.length },
      });
    }
  }
  return ends;
}

function writeSuffix(bytes: Uint8Array, at: number, seed: number): void {
  let rest = seed >>> 0;
  for (let i = 0; i < SUFFIX_BYTES; i++) {
    bytes[at + i] = ALPHABET.charCodeAt(rest % ALPHABET.length);
    rest = Math.floor(rest / ALPHABET.length);
  }
}

/** Other digits behind the first of each number, which with 1 in front of three stay below 256. */
function writeAddress(bytes: Uint8Array, { at, length }: Place, seed: number): void {
  let rest = seed >>> 0;
  const zero = 0x30;
  let digits = 0;
  for (let i = at + length - 1; i >= at + 3; i--) {
    if (bytes[i] === 0x2e) {
      digits = 0;
      continue;
    }
    const isFirst = bytes[i - 1] === 0x2e;
    bytes[i] = digits === 2 ? zero + 1 : zero + (isFirst && digits > 0 ? 1 + (rest % 9) : rest % 10);
    rest = Math.floor(rest / 10);
    digits++;
  }
}
