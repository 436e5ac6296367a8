// Everything that comes in: one store and the books about one source, from `open` until another source takes its place.

import { FlowStore, type SeenUuids, type StoreLimits } from '@finderscope/flow-store';
import { type GetFlowsResponse, NodeState } from '@finderscope/hubble-api';
import { CountFields } from '../answers/count-fields.ts';
import { EdgeEnds } from '../answers/edge-ends.ts';
import { inPerS } from '../answers/status.ts';
import type { Connection, EdgeScope, Gap, LiveSpec, Nanos, SourceSpec, StatusAnswer } from '../protocol.ts';
import { FilesSource } from '../sources/files.ts';
import { LiveSource } from '../sources/live.ts';
import type { Source, SourceSink } from '../sources/source.ts';
import { AgentLog } from './agent-log.ts';
import { Books } from './books.ts';
import type { SessionEnv } from './env.ts';
import { MatchLists } from './match-lists.ts';
import { Rates } from './rates.ts';
import { ServerFilter } from './server-filter.ts';
import { isSilent, StreamReach } from './stream-reach.ts';
import { LostLog } from './lost-log.ts';
import type { World } from './world.ts';

const MAX_NODE_EVENTS = 50;
const MAX_GAPS = 100;
const NANOS_PER_S = 1_000_000_000n;
const NANOS_PER_MS = 1_000_000n;
/** What comes right after connecting is the past; it says nothing about clocks. */
const BACKLOG_MS = 2000;

type NodeEvent = StatusAnswer['nodeEvents'][number];

export class Intake {
  readonly spec: SourceSpec | undefined;
  readonly store: FlowStore;
  readonly lists: MatchLists;
  readonly #env: SessionEnv;
  readonly #changed: () => void;
  readonly #books = new Books();
  readonly #rates = new Rates();
  readonly #lost = new LostLog();
  readonly #agents = new AgentLog();
  readonly #reach: StreamReach;
  readonly #fields: CountFields;
  readonly #ends = new Map<EdgeScope, EdgeEnds>();
  readonly #source: Source | undefined;
  readonly #serverFilter: ServerFilter | undefined;
  #gaps: readonly Gap[] = [];
  #nodeEvents: readonly NodeEvent[] = [];
  #connection: Connection;
  #wasConnected = false;
  /** The stream is opened again because it was asked to, not because it broke. */
  #isAsked = false;
  #duplicatesBefore = 0;

  /** Without `spec` it stays empty: before the first `open`. `changed` is called after every change. */
  constructor(
    env: SessionEnv,
    limits: Partial<StoreLimits>,
    spec: SourceSpec | undefined,
    changed: () => void,
  ) {
    this.#env = env;
    this.#changed = changed;
    this.spec = spec;
    this.store = new FlowStore(limits);
    this.lists = new MatchLists(this.store);
    this.#reach = new StreamReach(this.store);
    this.#fields = new CountFields(this.store);
    this.#connection = { state: 'connecting', sinceMs: env.now() };
    if (spec === undefined) return;
    const sink = this.#sink();
    const source = spec.kind === 'live' ? new LiveSource(spec, sink, env) : new FilesSource(spec, sink, env);
    this.#source = source;
    if (spec.kind !== 'live') return;
    this.store.expected.watchNodes();
    this.#serverFilter = this.#makeServerFilter(source, spec);
  }

  start(): void {
    this.#source?.start();
  }

  retry(): void {
    this.#source?.retry();
  }

  stopReading(): void {
    this.#source?.stop();
    this.#changed();
  }

  close(): void {
    this.#serverFilter?.close();
    this.#source?.close();
  }

  /** The filter in force: the server may be asked for more of what it matches. */
  useFilter(filter: string): void {
    this.#serverFilter?.use(filter);
  }

  /** Called about once a second. */
  tick(): void {
    this.#serverFilter?.tick();
  }

  world(): World {
    return {
      store: this.store,
      lists: this.lists,
      books: this.#books,
      rates: this.#rates,
      fields: this.#fields,
      ends: (scope) => this.#endsAt(scope),
      lost: this.#lost,
      agents: this.#agents,
      gaps: this.#gaps,
      nodeEvents: this.#nodeEvents,
      connection: this.#connection,
      coverage: (filter) => this.#serverFilter?.coverage(filter),
      files: this.#source?.report(),
      nowMs: this.#env.monotonicMs(),
    };
  }

  #endsAt(scope: EdgeScope): EdgeEnds {
    const ends = this.#ends.get(scope) ?? new EdgeEnds(this.store, scope);
    this.#ends.set(scope, ends);
    return ends;
  }

  /** True while the rates of a status answer still sink although nothing arrives. */
  isSettling(): boolean {
    this.#markRate();
    return this.#rates.isSettling(this.#received());
  }

  #received(): number {
    return this.#books.stats(this.store.counts, 0).received;
  }

  #markRate(): void {
    this.#rates.mark({
      atMs: this.#env.monotonicMs(),
      received: this.#received(),
      newestId: this.store.table.next - 1,
    });
  }

  #sink(): SourceSink {
    return {
      messages: (bytes, spans, count) => {
        this.#addMessages(bytes, spans, count);
        this.#changed();
      },
      oversized: (count) => {
        this.#books.addOversized(count);
        this.#changed();
      },
      bytesReceived: (count) => this.#books.addBytes(count),
      reported: () => this.#changed(),
      connection: (connection) => {
        this.#setConnection(connection);
        this.#changed();
      },
      resumeFrom: () => this.store.resumeTimeNs(),
      resuming: (sinceNs) => {
        this.#duplicatesBefore = this.store.counts.duplicate;
        this.#books.addStream();
        this.store.expected.restart(sinceNs);
      },
      agents: {
        told: (events) => {
          for (const event of events) this.#agents.add(event);
          this.#changed();
        },
        unread: (count) => {
          this.#agents.addUnread(count);
          this.#changed();
        },
        resumeFrom: () => this.#agents.resumeFrom(),
      },
    };
  }

  #makeServerFilter(source: Source, spec: LiveSpec): ServerFilter {
    return new ServerFilter({
      env: this.#env,
      spec,
      store: this.store,
      lists: this.lists,
      push: (filter) => {
        this.#isAsked = true;
        source.push(filter);
      },
      perS: () => inPerS(this.world()),
      reach: () => this.#reach.reach(),
      sink: (seen, silent) => ({
        messages: (bytes, spans, count) => {
          const others = this.#append(bytes, spans, count, seen);
          this.store.duplicates.takeNodes();
          for (const response of others) {
            this.#addLost(response, 'backfill');
            silent(silentNodes(response));
          }
          this.#changed();
        },
        oversized: (count) => {
          this.#books.addOversized(count);
          this.#changed();
        },
        bytesReceived: (count) => this.#books.addBytes(count),
      }),
      changed: this.#changed,
    });
  }

  /** What is no flow is handed back. */
  #append(
    bytes: Uint8Array,
    spans: Uint32Array,
    count: number,
    seen?: SeenUuids,
  ): readonly GetFlowsResponse[] {
    this.#markRate();
    const others = this.store.append(bytes, spans, count, seen);
    this.#books.addMessages(count - others.length);
    return others;
  }

  #addMessages(bytes: Uint8Array, spans: Uint32Array, count: number): void {
    const { table } = this.store;
    const firstNew = table.next;
    for (const response of this.#append(bytes, spans, count)) this.#addOther(response);
    this.#reach.addAgain(this.store.duplicates.takeNodes());
    this.#reach.addRows(firstNew);
    if (table.next === firstNew) return;
    this.#closeGap(table.holds(firstNew) ? firstNew : table.oldest);
    this.#sampleSkew();
  }

  #addOther(response: GetFlowsResponse): void {
    const { case: kind, value } = response.responseTypes;
    if (kind === 'lostEvents') {
      this.#addLost(response, 'stream');
    } else if (kind === 'nodeStatus') {
      this.#reach.heard(response);
      const { time } = response;
      const event: NodeEvent = {
        timeNs: time && nanosOf(time),
        state: value.stateChange,
        nodes: value.nodeNames,
        message: value.message,
      };
      this.#nodeEvents = [event, ...this.#nodeEvents].slice(0, MAX_NODE_EVENTS);
      if (value.stateChange === NodeState.NODE_ERROR) this.#serverFilter?.refused();
      // A node that left, or is back, is asked the same as at first and sends again what it had sent.
      this.store.expected.expectAll();
    }
  }

  #addLost(response: GetFlowsResponse, from: 'stream' | 'backfill'): void {
    const { case: kind, value } = response.responseTypes;
    if (kind !== 'lostEvents') return;
    const count = this.#books.addLost(value, response, from);
    const time = value.last ?? response.time;
    if (count > 0 && time !== undefined) this.#lost.add(nanosOf(time), count);
  }

  #setConnection(connection: Connection): void {
    const before = this.#connection;
    this.#connection = connection;
    if (connection.state === 'connecting') {
      this.#serverFilter?.opened(this.store.resumeTimeNs());
      this.#reach.opened();
    }
    if (connection.state === 'disconnected') this.#reach.broke();
    if (connection.state === 'connected') {
      this.#rates.opened(this.#env.monotonicMs());
      if (this.#isAsked) this.#books.addStream();
      else if (this.#wasConnected) this.#books.addReconnect();
      this.#isAsked = false;
      this.#wasConnected = true;
    }
    if (connection.state === 'disconnected' && before.state !== 'disconnected') this.#openGap();
  }

  /** Nothing comes from the newest flow on; before the first flow nothing is missing. */
  #openGap(): void {
    const from: Nanos | undefined = this.store.resumeTimeNs();
    if (from === undefined || (this.#gaps.at(-1)?.toNs === undefined && this.#gaps.length > 0)) return;
    this.#gaps = [...this.#gaps, { fromNs: from, toNs: undefined, refilled: false }].slice(-MAX_GAPS);
  }

  #closeGap(firstNew: number): void {
    const gap = this.#gaps.at(-1);
    if (gap === undefined || gap.toNs !== undefined) return;
    const first = this.store.timeNs(firstNew & this.store.table.mask);
    const closed: Gap = {
      fromNs: gap.fromNs,
      toNs: first > gap.fromNs ? first : gap.fromNs,
      refilled: this.store.counts.duplicate > this.#duplicatesBefore,
    };
    this.#gaps = [...this.#gaps.slice(0, -1), closed];
  }

  #sampleSkew(): void {
    if (this.#connection.state !== 'connected' || this.spec?.kind !== 'live') return;
    const now = this.#env.now();
    if (now - this.#connection.sinceMs < BACKLOG_MS) return;
    const { table } = this.store;
    const time = this.store.timeNs((table.next - 1) & table.mask);
    this.#rates.addSkew(Number(time / NANOS_PER_MS) - now);
  }
}

/** Nodes that the response says cannot be asked. */
function silentNodes({ responseTypes: { case: kind, value } }: GetFlowsResponse): readonly string[] {
  if (kind !== 'nodeStatus') return [];
  return isSilent(value.stateChange) ? value.nodeNames : [];
}

function nanosOf({ seconds, nanos }: { readonly seconds: bigint; readonly nanos: number }): Nanos {
  return seconds * NANOS_PER_S + BigInt(nanos);
}
