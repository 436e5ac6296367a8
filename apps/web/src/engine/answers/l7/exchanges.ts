// Answers exchanges queries: the newest calls, each a request paired with its response. Read from messages, newest rows
// first, so that as many are read as are shown:
//
//   newest ... response B, response A, request B, request A ... oldest
//              waits       waits       meets B     meets A
//
// A response waits for the request that asked for it: same ends and ports, same node, same words. Of several that wait
// under the same words the one that came first is met first: without an id of the request nothing tells them apart, and
// responses mostly come in the order of requests.

import { CELL, type FlowStore, L7_NAMES, readFlow } from '@finderscope/flow-store';
import { type Flow, Verdict } from '@finderscope/hubble-api';
import type { Exchange, ExchangeEnd, ExchangesAnswer, ExchangesQuery } from '../../protocol.ts';
import type { World } from '../../session/world.ts';
import { rowsWithin } from '../counting.ts';
import { toRowId } from '../row-id.ts';
import { endOf } from '../row-text.ts';
import { isResponse, REQUEST, RESPONSE, type Spoken } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import { templaterOf, type Templater } from './path-rules.ts';

/** Rows looked at, and messages read for each call that is wanted, before it is said that there may be more. */
const MAX_SCANNED = 200_000;
const MAX_READ_EACH = 20;

type Half = { readonly exchange: Exchange; readonly order: number };

export function answerExchanges(world: World, query: ExchangesQuery): ExchangesAnswer {
  const { store } = world;
  const { table, shapes } = store;
  const dialect = DIALECTS[query.protocol];
  const templater = templaterOf(query.rules);
  const isWanted = groupTest(world, query, templater);
  const maxRead = MAX_READ_EACH * Math.max(1, query.limit);
  const rows = rowsWithin(world, world.lists.get(query.filter), query.window);
  const waiting = new Map<string, Half[]>();
  const done: Half[] = [];
  let unreadable = 0;
  let read = 0;
  let at = rows.length - 1;
  const oldest = Math.max(0, rows.length - MAX_SCANNED);
  for (; at >= oldest && read < maxRead; at--) {
    if (done.length >= query.limit && waiting.size === 0) break;
    const slot = (rows[at] ?? 0) & table.mask;
    const shape = table.cells[CELL.shape]?.[slot] ?? 0;
    const type = shapes.get(shape, 'l7Type');
    if (type !== REQUEST && type !== RESPONSE) continue;
    if (L7_NAMES.get(shapes.get(shape, 'l7')) !== dialect.kind) continue;
    if (!isWanted(slot, type === RESPONSE)) continue;
    read++;
    const flow = readFlow(store, slot);
    const spoken = flow && dialect.speak(flow, templater);
    if (flow === undefined || spoken === undefined) {
      unreadable++;
      continue;
    }
    const half = { exchange: exchangeOf(store, slot, table.widen(rows[at] ?? 0), flow, spoken), order: at };
    const pairing = pairingOf(flow, spoken);
    if (type === RESPONSE) {
      waiting.set(pairing, [...(waiting.get(pairing) ?? []), half]);
    } else {
      const response = takeFirst(waiting, pairing);
      if (response !== undefined || done.length < query.limit) done.push(pair(half, response));
    }
  }
  const all = [...done, ...[...waiting.values()].flat()].sort((a, b) => b.order - a.order);
  return {
    kind: 'exchanges',
    exchanges: all.slice(0, Math.max(0, query.limit)).map(({ exchange }) => exchange),
    unreadable,
    complete: at < 0 && all.length <= query.limit,
  };
}

/** Whether a row belongs to the group asked for, told from columns: what is not wanted is not read. */
function groupTest(
  world: World,
  { by, group, protocol }: ExchangesQuery,
  templater: Templater,
): (slot: number, isResponse: boolean) => boolean {
  const { store } = world;
  if (group === undefined) return () => true;
  const isGroup = (first: string, second: string): boolean => first === group[0] && second === group[1];
  if (by === 'call') {
    const { texts, keyOf } = DIALECTS[protocol];
    const known = new Map<string, boolean>();
    return (slot) => {
      const [first, second] = [store.id(texts[0], slot), store.id(texts[1], slot)];
      const ids = `${first} ${second}`;
      const found = known.get(ids) ?? isGroup(...keyOf(store, first, second, templater).key);
      known.set(ids, found);
      return found;
    };
  }
  const ends = world.ends('workload');
  ends.refresh();
  return (slot, isReply) => {
    const link = store.table.cells[CELL.link]?.[slot] ?? 0;
    const side = (by === 'client') === isReply ? 'destination' : 'source';
    const { namespace, name } = ends.get(link, side, () => '');
    return isGroup(namespace, name);
  };
}

function exchangeOf(store: FlowStore, slot: number, row: number, flow: Flow, spoken: Spoken): Exchange {
  const reply = isResponse(flow);
  const shape = store.table.cells[CELL.shape]?.[slot] ?? 0;
  const latencyNs = Number(flow.l7?.latencyNs ?? 0n);
  return {
    row: toRowId(row),
    uuid: flow.uuid,
    timeNs: store.shapes.get(shape, 'hasTime') === 1 ? store.timeNs(slot) : undefined,
    client: nameOf(store, slot, reply ? 'destination' : 'source'),
    server: nameOf(store, slot, reply ? 'source' : 'destination'),
    what: spoken.what,
    result: spoken.result,
    failed: reply && isFailed(flow),
    denied: flow.verdict === Verdict.DROPPED,
    latencyNs: reply && latencyNs > 0 ? latencyNs : undefined,
    note: reply ? spoken.note : '',
    traceId: flow.traceContext?.parent?.traceId ?? '',
  };
}

function isFailed(flow: Flow): boolean {
  const record = flow.l7?.record;
  if (record?.case === 'http') return DIALECTS.http.isFailure(record.value.code);
  if (record?.case === 'dns') return DIALECTS.dns.isFailure(record.value.rcode);
  return record?.case === 'kafka' && DIALECTS.kafka.isFailure(record.value.errorCode);
}

function nameOf(store: FlowStore, slot: number, side: 'source' | 'destination'): ExchangeEnd {
  const { namespace, name } = endOf(store, slot, side);
  return { namespace, name };
}

/** The same for a request and for the response to it. */
function pairingOf(flow: Flow, { pairing }: Spoken): string {
  const l4 = flow.l4?.protocol;
  const hasPorts = l4?.case === 'TCP' || l4?.case === 'UDP' || l4?.case === 'SCTP';
  const source = [flow.IP?.source ?? '', hasPorts ? l4.value.sourcePort : 0];
  const destination = [flow.IP?.destination ?? '', hasPorts ? l4.value.destinationPort : 0];
  const ends = isResponse(flow) ? [destination, source] : [source, destination];
  return JSON.stringify([flow.nodeName, ends, pairing]);
}

function takeFirst(waiting: Map<string, Half[]>, pairing: string): Half | undefined {
  const [first, ...rest] = waiting.get(pairing) ?? [];
  if (rest.length === 0) waiting.delete(pairing);
  else waiting.set(pairing, rest);
  return first;
}

function pair(request: Half, response: Half | undefined): Half {
  if (response === undefined) return request;
  const { row, uuid, result, failed, latencyNs, note } = response.exchange;
  return {
    order: request.order,
    exchange: {
      ...request.exchange,
      row,
      uuid,
      result,
      failed,
      latencyNs,
      note,
      traceId: request.exchange.traceId === '' ? response.exchange.traceId : request.exchange.traceId,
    },
  };
}
