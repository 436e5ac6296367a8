// The flows held: decoder, dictionaries, columns and raw bytes, and the books about them. Whoever reads goes through
// `table`, the tuples and `dictionaries`; only this file writes them.
//
//   frames -> like an earlier one? ------------------------> [duplicate?] -> one row
//          \-> decode -> intern spans -> intern tuples --/                              (raw bytes: copied a batch at a time)
//
// Invariants: flows = held + evicted + duplicates + malformed (of messages given). Bounded by rows, raw bytes and
// dictionary bytes; when the dictionaries outgrow their bound, the oldest rows go.

import { fromBinary } from '@bufbuild/protobuf';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { FlowDecoder } from '../decode/flow-decoder.ts';
import { SPILLED } from '../decode/scratch.ts';
import { TemplateCache } from '../decode/template-cache.ts';
import { uuidText } from '../decode/uuid.ts';
import {
  ABSENT,
  CELL,
  COLUMNS,
  DICT,
  DICT_NAMES,
  type DictName,
  EXTRA_WIDTH,
  LINK_WIDTH,
  REAL,
  SHAPE,
  TALK,
  TALK_KEY_WIDTH,
  TALK_WIDTH,
} from '../schema/columns.ts';
import type { ByteDictionary } from './byte-dictionary.ts';
import { createDictionaries, type Dictionaries, type EntryOf } from './domains.ts';
import { Duplicates } from './duplicates.ts';
import { ExpectedFlows } from './expected-flows.ts';
import { FlowTable, SPARE_ROWS } from './flow-table.ts';
import { Followers } from './followers.ts';
import { countUnreadable, RawRing } from './raw-ring.ts';
import { newestTimeNs, oldestTimeNs, passOn, rememberUuid } from './resume.ts';
import { RowRanges } from './row-ranges.ts';
import { SeenUuids } from './seen-uuids.ts';
import { servedPort } from './served-port.ts';
import { ShapeDictionary } from './shape-dictionary.ts';
import { sweep, wantsSweep } from './sweep.ts';
import { TupleDictionary } from './tuple-dictionary.ts';

export type StoreLimits = {
  readonly maxRows: number;
  readonly maxRawBytes: number;
  readonly maxDictionaryBytes: number;
};

export const DEFAULT_LIMITS: StoreLimits = {
  maxRows: 1_000_000,
  maxRawBytes: 128 << 20,
  maxDictionaryBytes: 96 << 20,
};

export type StoreCounts = {
  held: number;
  evicted: number;
  duplicate: number;
  malformed: number;
};

export type DomainOf<N extends DictName> = (typeof COLUMNS)[N]['domain'];

const FLOW_FIELD = 1;
/** The dictionaries can grow by this much before anybody looks whether they should be swept. */
const UNTIDY_BYTES = 1 << 18;
const NANOS_PER_S = 1_000_000_000n;

export class FlowStore {
  readonly table: FlowTable;
  readonly shapes = new ShapeDictionary();
  readonly links = new TupleDictionary(LINK_WIDTH);
  readonly extras = new TupleDictionary(EXTRA_WIDTH);
  readonly talks = new TupleDictionary(TALK_WIDTH, TALK_KEY_WIDTH);
  readonly dictionaries: Dictionaries;
  readonly followers = new Followers();
  /** Rows that did not come with the stream: older flows that were asked for. */
  readonly beside = new RowRanges();
  /** Those of the stream that may come again, and then count as duplicates. */
  readonly expected = new ExpectedFlows(this);
  readonly duplicates = new Duplicates();
  /** Grows with every batch that changed something. */
  version = 0;
  readonly #limits: StoreLimits;
  readonly #raw: RawRing;
  readonly #places = new Float64Array(SPARE_ROWS);
  readonly #decoder = new FlowDecoder();
  readonly #templates: TemplateCache;
  #seen = this.expected.seen;
  readonly #readBeside = new Set<SeenUuids>();
  /** The talk of one row, whose first numbers are its link, and then its extra. */
  readonly #ids = new Int32Array(TALK_WIDTH + EXTRA_WIDTH);
  readonly #byColumn: readonly ByteDictionary<unknown>[];
  readonly #all: readonly ByteDictionary<unknown>[];
  /** Bytes of messages since the dictionaries were last looked at. */
  #untidyBytes = 0;
  /** Tuples of the row before: the first guess for the next one. */
  #shapeId = 0;
  #extraId = 0;
  #malformed = 0;
  #lastSeconds = 0;
  #lastNanos = 0;

  constructor(limits: Partial<StoreLimits> = {}, seed = Math.floor(Math.random() * 0x7fffffff)) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.table = new FlowTable(this.#limits.maxRows);
    this.#raw = new RawRing(this.#limits.maxRawBytes);
    this.#templates = new TemplateCache(this.#raw);
    this.dictionaries = createDictionaries(seed);
    this.#all = Object.values(this.dictionaries);
    this.#byColumn = DICT_NAMES.map((name) => this.dictionaries[COLUMNS[name].domain]);
  }

  get counts(): StoreCounts {
    return {
      held: this.table.held,
      evicted: this.table.oldest,
      duplicate: this.duplicates.count,
      malformed: this.#malformed,
    };
  }

  /** Bytes of all dictionaries. */
  get dictionaryBytes(): number {
    let bytes = this.shapes.bytes + this.links.bytes + this.extras.bytes + this.talks.bytes;
    for (const dictionary of this.#all) bytes += dictionary.bytes;
    return bytes;
  }

  /**
   * Adds messages: `spans` holds start and end of `count` of them in `bytes`, ascending. Answers those that are no
   * flows (node states, lost events), in order. Nothing of `bytes` is kept by reference.
   *
   * Flows of the stream that are `expected` count as duplicates. With `beside` the messages do not come from the
   * stream: flows among these count as duplicates, and the others say nothing about where the stream stands.
   */
  append(
    bytes: Uint8Array,
    spans: Uint32Array,
    count: number,
    beside?: SeenUuids,
  ): readonly GetFlowsResponse[] {
    if (count === 0) return [];
    this.#seen = beside ?? this.expected.seen;
    const firstRow = this.table.next;
    const others: GetFlowsResponse[] = [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let from = 0; from < count; from += SPARE_ROWS) {
      const to = Math.min(count, from + SPARE_ROWS);
      this.followers.beforeAdd(this.table, to - from);
      this.table.reserve(to - from);
      this.#raw.putAll(bytes, spans, from, to, this.#places);
      for (let i = from; i < to; i++) {
        this.#addMessage(bytes, view, spans[i * 2]!, spans[i * 2 + 1]!, this.#places[i - from]!, others);
      }
    }
    this.#untidyBytes += spans[count * 2 - 1]! - spans[0]!;
    if (this.#untidyBytes > UNTIDY_BYTES) this.#tidy();
    this.version++;
    if (beside !== undefined) this.beside.add(firstRow, this.table.next, this.table.oldest);
    passOn(this, firstRow, { from: beside, expected: this.expected.seen, others: this.#readBeside });
    return others;
  }

  /** Id of a dictionary column's entry of the row in a slot. */
  id(name: DictName, slot: number): number {
    const place = DICT[name];
    const { cells } = this.table;
    return place < LINK_WIDTH
      ? this.links.at(cells[CELL.link]![slot]!, place)
      : this.extras.at(cells[CELL.extra]![slot]!, place - LINK_WIDTH);
  }

  /** The entry of a dictionary column, undefined when the flow has none. */
  entry<N extends DictName>(name: N, slot: number): EntryOf<DomainOf<N>> | undefined {
    return this.entryById(name, this.id(name, slot));
  }

  /** The same by its id, as it stands in a tuple. */
  entryById<N extends DictName>(name: N, id: number): EntryOf<DomainOf<N>> | undefined {
    return this.#byColumn[DICT[name]]!.value(id) as EntryOf<DomainOf<N>> | undefined;
  }

  /** A text column, '' when the flow has none. */
  text(
    name: Extract<
      DictName,
      'nodeName' | 'summary' | 'sourceIp' | 'destinationIp' | 'xlatedIp' | 'dnsSource' | 'dnsQuery'
    >,
    slot: number,
  ): string {
    return this.entry(name, slot) ?? '';
  }

  /** Order time of a row in nanoseconds: the flow's own, else the envelope's, else that of the row before. */
  timeNs(slot: number): bigint {
    const seconds = this.table.reals[REAL.timeSeconds]![slot]!;
    return BigInt(seconds) * NANOS_PER_S + BigInt(this.table.cells[CELL.timeNanos]![slot]! | 0);
  }

  uuid(slot: number): string {
    const { cells } = this.table;
    const a = cells[CELL.uuid0]![slot]!;
    const b = cells[CELL.uuid1]![slot]!;
    const c = cells[CELL.uuid2]![slot]!;
    const d = cells[CELL.uuid3]![slot]!;
    if ((a | b | c | d) !== 0) return uuidText(a, b, c, d);
    return this.entry('uuidText', slot) ?? '';
  }

  /** The message of a row as it came, undefined when its bytes are gone. */
  raw(slot: number): Uint8Array | undefined {
    return this.#raw.get(this.table.reals[REAL.rawAt]![slot]!, this.table.cells[CELL.rawLength]![slot]!);
  }

  /**
   * The UUIDs of rows held (low 32 bits of their ids), for flows that may come again beside the stream. Until it is given
   * to `forget`, what the stream brings meanwhile is added.
   */
  seenOf(rows: Uint32Array): SeenUuids {
    const seen = new SeenUuids();
    seen.reset(rows.length, Number.POSITIVE_INFINITY);
    for (const id32 of rows) rememberUuid(this, seen, id32 & this.table.mask);
    this.#readBeside.add(seen);
    return seen;
  }

  forget(seen: SeenUuids): void {
    this.#readBeside.delete(seen);
  }

  /** Rows held of which the message is gone. */
  unreadableRows(): number {
    return countUnreadable(this.table, this.#raw);
  }

  /**
   * Time to resume from: that of the newest row of the stream, but not of one that runs far ahead of the others, so that one wrong
   * clock does not hide what comes next. undefined without rows.
   */
  resumeTimeNs(): bigint | undefined {
    return newestTimeNs(this, this.beside);
  }

  /** Time of the row held that the stream brought first; undefined without any. */
  oldestStreamTimeNs(): bigint | undefined {
    return oldestTimeNs(this, this.beside);
  }

  #addMessage(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    rawAt: number,
    others: GetFlowsResponse[],
  ): void {
    const { scratch } = this.#decoder;
    const templates = this.#templates;
    if (templates.match(bytes, view, start, end, rawAt, scratch)) {
      this.#addRow(templates.talk, templates.extra, templates.time, rawAt, end - start);
    } else if (!this.#decoder.decode(bytes, start, end)) {
      this.#malformed++;
    } else if (scratch.tuple[SHAPE.response] !== FLOW_FIELD) {
      this.#addOther(bytes.subarray(start, end), others);
    } else {
      this.#addDecoded(bytes, view, start, end, rawAt);
    }
  }

  /** Adds the flow in the scratch row. */
  #addDecoded(bytes: Uint8Array, view: DataView, start: number, end: number, rawAt: number): void {
    const { scratch, marks } = this.#decoder;
    if (!this.#intern(bytes, view)) {
      this.#malformed++;
      return;
    }
    const time = scratch.hasTime[0] === 1 ? 0 : scratch.hasTime[1] === 1 ? 1 : -1;
    const isReply = scratch.tuple[SHAPE.isReply] === 1;
    const ids = this.#ids;
    this.#shapeId = this.shapes.intern(scratch.tuple, 0, this.#shapeId);
    this.#extraId = this.extras.intern(ids, TALK_WIDTH, this.#extraId);
    ids[TALK.shape] = this.#shapeId;
    ids[TALK.port] = servedPort(scratch.ports[0]!, scratch.ports[1]!, isReply);
    let talk = this.talks.find(ids, 0, 0);
    if (talk === 0) {
      ids[TALK.link] = this.links.intern(ids, 0, 0);
      talk = this.talks.insert(ids, 0);
    }
    const extra = this.#extraId;
    this.#addRow(talk, extra, time, rawAt, end - start);
    this.#templates.remember(rawAt, start, end, marks, scratch, { talk, extra, time, isReply });
  }

  /** Adds a row, unless it is one again. Times, uuid, ports and latency are in the scratch row. */
  #addRow(talk: number, extra: number, time: number, rawAt: number, rawLength: number): void {
    const { scratch } = this.#decoder;
    const seconds = time < 0 ? this.#lastSeconds : scratch.seconds[time]!;
    const nanos = time < 0 ? this.#lastNanos : scratch.nanos[time]!;
    const node = this.talks.at(talk, DICT.nodeName);
    const expected = this.#seen === this.expected.seen ? this.expected : undefined;
    const at = seconds + nanos / 1e9;
    expected?.beforeAdd(node, at);
    if (this.#seen.mayHold(seconds) && this.#isSeen(extra)) {
      this.duplicates.add(this.entryById('nodeName', node));
      return;
    }
    expected?.added(node, at);
    this.#lastSeconds = seconds;
    this.#lastNanos = nanos;
    const { table, talks } = this;
    const slot = table.add();
    const { cells, reals } = table;
    cells[CELL.link]![slot] = talks.at(talk, TALK.link);
    cells[CELL.shape]![slot] = talks.at(talk, TALK.shape);
    cells[CELL.extra]![slot] = extra;
    cells[CELL.talk]![slot] = talk;
    cells[CELL.sourcePort]![slot] = scratch.ports[0]!;
    cells[CELL.destinationPort]![slot] = scratch.ports[1]!;
    cells[CELL.timeNanos]![slot] = nanos;
    cells[CELL.uuid0]![slot] = scratch.uuid[0]!;
    cells[CELL.uuid1]![slot] = scratch.uuid[1]!;
    cells[CELL.uuid2]![slot] = scratch.uuid[2]!;
    cells[CELL.uuid3]![slot] = scratch.uuid[3]!;
    cells[CELL.rawLength]![slot] = rawLength;
    reals[REAL.timeSeconds]![slot] = seconds;
    reals[REAL.latencyNs]![slot] = scratch.latencyNs;
    reals[REAL.rawAt]![slot] = rawAt;
  }

  #isSeen(extra: number): boolean {
    const { uuid } = this.#decoder.scratch;
    if ((uuid[0]! | uuid[1]! | uuid[2]! | uuid[3]!) !== 0) return this.#seen.hasWords(uuid);
    const id = this.extras.at(extra, DICT.uuidText - LINK_WIDTH);
    const text = this.dictionaries.uuidText.value(id);
    return text !== undefined && text !== '' && this.#seen.hasText(text);
  }

  /** Ids for all spans of the scratch row; false when one of them is not valid. */
  #intern(bytes: Uint8Array, view: DataView): boolean {
    const { starts, ends, spill } = this.#decoder.scratch;
    const ids = this.#ids;
    const dictionaries = this.#byColumn;
    for (let c = 0; c < dictionaries.length; c++) {
      const start = starts[c]!;
      let id: number = ABSENT;
      if (start >= 0) {
        id = dictionaries[c]!.intern(bytes, view, start, ends[c]!);
      } else if (start === SPILLED) {
        const own = spill[c]!;
        id = dictionaries[c]!.intern(own, new DataView(own.buffer), 0, ends[c]!);
        spill[c] = undefined;
      }
      if (id < 0) return false;
      ids[placeOf(c)] = id;
    }
    return true;
  }

  #addOther(message: Uint8Array, others: GetFlowsResponse[]): void {
    try {
      const response = fromBinary(GetFlowsResponseSchema, message);
      if (response.responseTypes.case === undefined) this.#malformed++;
      else others.push(response);
    } catch {
      // Not a message after all: what the decoder skips over unread, such as the text of a node state, may be broken.
      this.#malformed++;
    }
  }

  /** Frees what no row holds; guesses may name freed entries then, so they are forgotten. */
  #tidy(): void {
    this.#untidyBytes = 0;
    const { maxDictionaryBytes } = this.#limits;
    const isFull = this.dictionaryBytes > maxDictionaryBytes;
    if (!isFull && !wantsSweep(this)) return;
    this.#sweep(isFull);
    if (!isFull) return;
    while (this.dictionaryBytes > maxDictionaryBytes * 0.75 && this.table.held > 1) {
      this.table.evict(Math.ceil(this.table.held / 4));
      this.#sweep(true);
    }
  }

  #sweep(all: boolean): void {
    this.followers.releaseAll(this.table);
    sweep(this, all);
    this.#shapeId = 0;
    this.#extraId = 0;
    this.#templates.clear();
  }
}

/** Where the id of a dictionary column is among those of a row. */
function placeOf(column: number): number {
  return column < LINK_WIDTH ? column : column + TALK_WIDTH - LINK_WIDTH;
}
