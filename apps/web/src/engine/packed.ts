// Answers as they cross the worker's boundary. A map can have thousands of links, and copying objects spells out the name
// of every field of every link, on both sides; as numbers in one array they cross at once. All else crosses as it is.
// Bench: ingest.live, page.busy_5k.

import type { Edge, EdgesAnswer, PaneAnswer } from './protocol.ts';

/** With `numbers` as FIELDS and what follows says, edge by edge. */
export type PackedEdges = Omit<EdgesAnswer, 'kind' | 'edges'> & {
  readonly kind: 'packed-edges';
  readonly numbers: Float64Array;
  /** Texts that numbers stand for. */
  readonly words: readonly string[];
};

export type PackedAnswer = Exclude<PaneAnswer, EdgesAnswer> | PackedEdges;

/** Numbers of every edge, before its lists: verdicts and ended in pairs, ports in fours, each with its length first. */
const FIELDS = 17;
const NANOS_PER_S = 1_000_000_000n;
const LISTS = 3;
const PAIR = 2;
const PORT = 4;
/** Stands for no port; one that is not known has no latency. */
const NONE = -1;

export function packAnswer(answer: PaneAnswer): PackedAnswer {
  if (answer.kind !== 'edges') return answer;
  const { edges, kind: _, ...rest } = answer;
  let size = 0;
  for (const { verdicts, ended, ports } of edges)
    size += FIELDS + LISTS + (verdicts.length + ended.length) * PAIR + ports.length * PORT;
  const numbers = new Float64Array(size);
  const words = new Map<string, number>();
  const wordOf = (text: string): number => {
    const known = words.get(text);
    if (known !== undefined) return known;
    words.set(text, words.size);
    return words.size - 1;
  };
  let at = 0;
  const put = (value: number): void => {
    numbers[at++] = value;
  };
  for (const edge of edges) {
    putFields(edge, put);
    for (const pairs of [edge.verdicts, edge.ended]) {
      put(pairs.length);
      for (const [key, count] of pairs) {
        put(key);
        put(count);
      }
    }
    put(edge.ports.length);
    for (const { port, protocol, l7, flows } of edge.ports) {
      put(port ?? NONE);
      put(wordOf(protocol));
      put(wordOf(l7));
      put(flows);
    }
  }
  return { kind: 'packed-edges', ...rest, numbers, words: [...words.keys()] };
}

function putFields(edge: Edge, put: (value: number) => void): void {
  put(edge.from);
  put(edge.to);
  put(edge.flows);
  put(edge.replies);
  put(edge.droppedAtSource);
  put(edge.dropReason);
  put(edge.portsInAll);
  put(edge.p95Ns ?? NONE);
  // A time of any year is a whole number of seconds; as nanoseconds it is more than 64 bits hold from 2262 on.
  put(Number(edge.lastNs / NANOS_PER_S));
  put(Number(edge.lastNs % NANOS_PER_S));
  const { requests, responses, denied, http4xx, http5xx, dnsErrors, untold } = edge.l7;
  put(requests);
  put(responses);
  put(denied);
  put(http4xx);
  put(http5xx);
  put(dnsErrors);
  put(untold);
}

export function unpackAnswer(answer: PackedAnswer): PaneAnswer {
  if (answer.kind !== 'packed-edges') return answer;
  const { numbers, words, kind: _, ...rest } = answer;
  const reader = new Reader(numbers, words);
  const edges: Edge[] = [];
  while (!reader.isDone) edges.push(reader.edge());
  return { kind: 'edges', ...rest, edges };
}

/** Reads in the order of `packAnswer`. */
class Reader {
  readonly #numbers: Float64Array;
  readonly #words: readonly string[];
  #at = 0;

  constructor(numbers: Float64Array, words: readonly string[]) {
    this.#numbers = numbers;
    this.#words = words;
  }

  get isDone(): boolean {
    return this.#at === this.#numbers.length;
  }

  edge(): Edge {
    const from = this.#take();
    const to = this.#take();
    const flows = this.#take();
    const replies = this.#take();
    const droppedAtSource = this.#take();
    const dropReason = this.#take();
    const portsInAll = this.#take();
    const p95Ns = known(this.#take());
    const seconds = BigInt(this.#take());
    const lastNs = seconds * NANOS_PER_S + BigInt(this.#take());
    const l7 = this.#l7();
    const verdicts = this.#pairs();
    const ended = this.#pairs();
    const ports = this.#ports();
    return {
      from,
      to,
      flows,
      replies,
      verdicts,
      ended,
      droppedAtSource,
      dropReason,
      ports,
      portsInAll,
      l7,
      p95Ns,
      lastNs,
    };
  }

  #take(): number {
    return this.#numbers[this.#at++] ?? 0;
  }

  #l7(): Edge['l7'] {
    const requests = this.#take();
    const responses = this.#take();
    const denied = this.#take();
    const http4xx = this.#take();
    const http5xx = this.#take();
    const dnsErrors = this.#take();
    const untold = this.#take();
    return { requests, responses, denied, http4xx, http5xx, dnsErrors, untold };
  }

  #pairs(): Edge['verdicts'] {
    const pairs: Edge['verdicts'][number][] = [];
    for (let left = this.#take(); left > 0; left--) {
      const key = this.#take();
      pairs.push([key, this.#take()]);
    }
    return pairs;
  }

  #ports(): Edge['ports'] {
    const ports: Edge['ports'][number][] = [];
    for (let left = this.#take(); left > 0; left--) {
      const port = known(this.#take());
      const protocol = this.#word();
      const l7 = this.#word();
      ports.push({ port, protocol, l7, flows: this.#take() });
    }
    return ports;
  }

  #word(): string {
    return this.#words[this.#take()] ?? '';
  }
}

function known(value: number): number | undefined {
  return value === NONE ? undefined : value;
}
