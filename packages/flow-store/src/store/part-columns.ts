// Where each part of a flow (flow-query's FlowParts) lies in the columns. A part is a value of a key, and the key is
// one cell of the row: whoever computes something from parts computes it once per key.

import { assert } from '@finderscope/base';
import type { PartRef } from '@finderscope/flow-query';
import { type DescMessage, fromBinary, isMessage } from '@bufbuild/protobuf';
import {
  type Flow,
  GetFlowsResponseSchema,
  type IPTraceID,
  IPTraceIDSchema,
  Layer4Schema,
  Layer7Schema,
} from '@finderscope/hubble-api';
import { CELL, COLUMNS, DICT, type DictName, LINK_WIDTH, type ShapeName } from '../schema/columns.ts';
import type { ByteDictionary } from './byte-dictionary.ts';
import type { FlowStore } from './flow-store.ts';

/** Keys, and what each of them stands for. */
export type PartKeys = {
  readonly read: (key: number) => unknown;
  /** One more than the greatest key in use. */
  readonly keyEnd: () => number;
  /** Changes when a key may have got another meaning. */
  readonly epoch: () => number;
};

export type PartColumn = PartKeys & {
  /** Place among the uint32 cells whose value is the key. */
  readonly cell: number;
  /** The key is that of a tuple and only one of its numbers counts: fewer keys, for what is costly to work out. */
  readonly inner: (PartKeys & { readonly keyOf: (key: number) => number }) | undefined;
};

const PORT_KEYS = 0x10001;

/** Names of a oneof's members by field number. */
function memberNames(desc: DescMessage, oneofName: string): ReadonlyMap<number, string> {
  const fields = desc.oneofs.find((oneof) => oneof.name === oneofName)?.fields ?? [];
  return new Map(fields.map((field) => [field.number, field.localName]));
}

export const L4_NAMES = memberNames(Layer4Schema, 'protocol');
export const L7_NAMES = memberNames(Layer7Schema, 'record');

function fromDict(store: FlowStore, name: DictName, absent?: unknown): PartColumn {
  return fromEntry(store, name, (entry) => entry ?? absent);
}

function fromEntry(store: FlowStore, name: DictName, partOf: (entry: unknown) => unknown): PartColumn {
  const dictionary: ByteDictionary<unknown> = store.dictionaries[COLUMNS[name].domain];
  const isLink = DICT[name] < LINK_WIDTH;
  const tuples = isLink ? store.links : store.extras;
  const place = isLink ? DICT[name] : DICT[name] - LINK_WIDTH;
  const keyOf = (key: number): number => tuples.at(key, place);
  const read = (id: number): unknown => partOf(dictionary.value(id));
  return {
    cell: isLink ? CELL.link : CELL.extra,
    read: (key) => read(keyOf(key)),
    keyEnd: () => tuples.idEnd,
    epoch: () => tuples.epoch,
    inner: { keyOf, read, keyEnd: () => dictionary.idEnd, epoch: () => dictionary.epoch },
  };
}

function isIpTraceId(entry: unknown): entry is IPTraceID {
  return isMessage(entry, IPTraceIDSchema);
}

function fromShape(store: FlowStore, read: (get: (name: ShapeName) => number) => unknown): PartColumn {
  const { shapes } = store;
  return {
    cell: CELL.shape,
    read: (key) => read((name) => shapes.get(key, name)),
    keyEnd: () => shapes.idEnd,
    epoch: () => shapes.epoch,
    inner: undefined,
  };
}

function fromPort(cell: number): PartColumn {
  return {
    cell,
    read: (key) => (key === 0 ? undefined : key - 1),
    keyEnd: () => PORT_KEYS,
    epoch: () => 0,
    inner: undefined,
  };
}

/** The column of a part; undefined for the two that are not a cell of the row, see `readSlot`. */
export function partColumn(store: FlowStore, ref: PartRef): PartColumn | undefined {
  const shape = (read: (get: (name: ShapeName) => number) => unknown): PartColumn => fromShape(store, read);
  switch (ref.part) {
    case 'endpoint':
      return fromDict(store, ref.side);
    case 'service':
      return fromDict(store, ref.side === 'source' ? 'sourceService' : 'destinationService');
    case 'ip':
      return fromDict(store, ref.side === 'source' ? 'sourceIp' : 'destinationIp', '');
    case 'names':
      return fromDict(store, ref.side === 'source' ? 'sourceNames' : 'destinationNames', []);
    case 'port':
      return fromPort(ref.side === 'source' ? CELL.sourcePort : CELL.destinationPort);
    case 'xlatedIp':
      return fromDict(store, 'xlatedIp', '');
    case 'verdict':
      return shape((get) => get('verdict'));
    case 'dropReason':
      return shape((get) => get('dropReasonDesc'));
    case 'eventType':
      return shape((get) =>
        get('hasEventType') === 1 ? { type: get('eventType'), subType: get('eventSubType') } : undefined,
      );
    case 'trafficDirection':
      return shape((get) => get('trafficDirection'));
    case 'isReply':
      return shape((get) => (get('hasReply') === 1 ? get('isReply') === 1 : undefined));
    case 'encrypted':
      return shape((get) => get('encrypted') === 1);
    case 'ipVersion':
      return shape((get) => get('ipVersion'));
    case 'l4':
      return shape((get) => L4_NAMES.get(get('l4')));
    case 'l7':
      return shape((get) => L7_NAMES.get(get('l7')));
    case 'tcpFlags':
      return shape((get) => (get('hasTcpFlags') === 1 ? get('tcpFlags') : undefined));
    case 'httpCode':
      return shape((get) => (L7_NAMES.get(get('l7')) === 'http' ? get('httpCode') >>> 0 : undefined));
    case 'nodeName':
      return fromDict(store, 'nodeName', '');
    case 'nodeLabels':
      return fromDict(store, 'nodeLabels', []);
    case 'traceId':
      return fromDict(store, 'traceId', '');
    case 'ipTraceId':
      return fromEntry(store, 'ipTraceId', (entry) => (isIpTraceId(entry) ? entry.traceId : 0n));
    case 'interface':
      return fromDict(store, 'interface');
    case 'httpMethod':
      return fromDict(store, 'httpMethod');
    case 'httpUrl':
      return fromDict(store, 'httpUrl');
    case 'httpHeaders':
      return fromDict(store, 'httpHeaders');
    case 'dnsQuery':
      return fromDict(store, 'dnsQuery');
    case 'uuid':
    case 'flow':
      return undefined;
    default:
      assert(false, 'a part without a column');
  }
}

/** The parts without a column. `flow` is undefined when the bytes of the row are gone or no longer readable. */
export function readSlot(store: FlowStore, part: 'uuid' | 'flow', slot: number): string | Flow | undefined {
  return part === 'uuid' ? store.uuid(slot) : readFlow(store, slot);
}

/** The whole message of a row. */
export function readFlow(store: FlowStore, slot: number): Flow | undefined {
  const raw = store.raw(slot);
  if (raw === undefined) return undefined;
  try {
    const { responseTypes } = fromBinary(GetFlowsResponseSchema, raw);
    return responseTypes.case === 'flow' ? responseTypes.value : undefined;
  } catch {
    return undefined; // broken in a field that no column covers; the detail panel names the error
  }
}
