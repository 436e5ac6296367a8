// What a row shows, read from the columns of its slot. Nothing here decodes a message.

import { flowTypeText, summaryText, verdictName } from '@finderscope/flow-query';
import { CELL, type FlowStore, L4_NAMES, L7_NAMES, type RowText } from '@finderscope/flow-store';
import type { FlowRow, RowEnd, RowId, SortKey } from '../protocol.ts';

export type EndSide = 'source' | 'destination';

type EndColumns = {
  readonly endpoint: 'source' | 'destination';
  readonly service: 'sourceService' | 'destinationService';
  readonly names: 'sourceNames' | 'destinationNames';
  readonly ip: 'sourceIp' | 'destinationIp';
  readonly port: 'sourcePort' | 'destinationPort';
};

const END_COLUMNS: Readonly<Record<EndSide, EndColumns>> = {
  source: {
    endpoint: 'source',
    service: 'sourceService',
    names: 'sourceNames',
    ip: 'sourceIp',
    port: 'sourcePort',
  },
  destination: {
    endpoint: 'destination',
    service: 'destinationService',
    names: 'destinationNames',
    ip: 'destinationIp',
    port: 'destinationPort',
  },
};

function cell(store: FlowStore, place: number, slot: number): number {
  return store.table.cells[place]?.[slot] ?? 0;
}

/** L4 port of an end, undefined for protocols without ports. */
export function portOf(store: FlowStore, slot: number, side: EndSide): number | undefined {
  const port = cell(store, CELL[END_COLUMNS[side].port], slot);
  return port === 0 ? undefined : port - 1;
}

/** One end of a flow. The namespace of a service goes before the pod's, as in the CLI. */
export function endOf(store: FlowStore, slot: number, side: EndSide): RowEnd {
  const columns = END_COLUMNS[side];
  const endpoint = store.entry(columns.endpoint, slot);
  const service = store.entry(columns.service, slot);
  const ip = store.text(columns.ip, slot);
  return {
    namespace: service?.namespace ?? endpoint?.namespace ?? '',
    name: nameOf(store, slot, side),
    workload: endpoint?.workloads[0]?.name ?? '',
    ip,
    port: portOf(store, slot, side),
    identity: endpoint?.identity ?? 0,
    cluster: endpoint?.clusterName ?? '',
  };
}

function nameOf(store: FlowStore, slot: number, side: EndSide): string {
  const columns = END_COLUMNS[side];
  const podName = store.entry(columns.endpoint, slot)?.podName ?? '';
  if (podName !== '') return podName;
  const service = store.entry(columns.service, slot)?.name ?? '';
  if (service !== '') return service;
  const names = store.entry(columns.names, slot) ?? [];
  if (names.length > 0) return names.join(',');
  const ip = store.text(columns.ip, slot);
  return ip === '' ? (store.entry('ethernet', slot)?.[side] ?? '') : ip;
}

function endText(store: FlowStore, slot: number, side: EndSide): string {
  const { namespace, name } = endOf(store, slot, side);
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** The CLI's TYPE text. */
export function typeOf(store: FlowStore, slot: number): string {
  const shape = cell(store, CELL.shape, slot);
  const { shapes } = store;
  const l7 =
    shapes.get(shape, 'hasL7') === 1
      ? {
          kind: L7_NAMES.get(shapes.get(shape, 'l7')),
          type: shapes.get(shape, 'l7Type'),
          observationSource: store.text('dnsSource', slot),
        }
      : undefined;
  return flowTypeText({
    l7,
    eventType: shapes.get(shape, 'eventType'),
    eventSubType: shapes.get(shape, 'eventSubType'),
    policyMatchType: shapes.get(shape, 'policyMatchType') >>> 0,
    trafficDirection: shapes.get(shape, 'trafficDirection'),
    debugCapturePoint: shapes.get(shape, 'debugCapturePoint'),
    sockXlatePoint: shapes.get(shape, 'sockXlatePoint'),
  });
}

/** The CLI's SUMMARY text without parentheses. */
export function summaryOf(store: FlowStore, slot: number): string {
  return summaryText({
    summary: store.text('summary', slot),
    ipTraceId: store.entry('ipTraceId', slot)?.traceId ?? 0n,
    authType: store.shapes.get(cell(store, CELL.shape, slot), 'authType'),
  });
}

/** The row of a flow held. */
export function rowOf(store: FlowStore, id: RowId, count: number): FlowRow {
  const slot = id & store.table.mask;
  const shape = cell(store, CELL.shape, slot);
  const { shapes } = store;
  return {
    id,
    timeNs: shapes.get(shape, 'hasTime') === 1 ? store.timeNs(slot) : undefined,
    verdict: shapes.get(shape, 'verdict'),
    dropReason: shapes.get(shape, 'dropReasonDesc') || shapes.get(shape, 'dropReason') >>> 0,
    trafficDirection: shapes.get(shape, 'trafficDirection'),
    isReply: shapes.get(shape, 'hasReply') === 1 ? shapes.get(shape, 'isReply') === 1 : undefined,
    source: endOf(store, slot, 'source'),
    destination: endOf(store, slot, 'destination'),
    type: typeOf(store, slot),
    summary: summaryOf(store, slot),
    l4: L4_NAMES.get(shapes.get(shape, 'l4')) ?? '',
    l7: L7_NAMES.get(shapes.get(shape, 'l7')) ?? '',
    httpCode: shapes.get(shape, 'httpCode') >>> 0,
    nodeName: store.text('nodeName', slot),
    uuid: store.uuid(slot),
    policies: (store.entry('policies', slot) ?? [])
      .map((policy) => policy.name)
      .filter((name) => name !== ''),
    count,
  };
}

/** The text each column is sorted by; time needs none. */
export function sortText(store: FlowStore, key: Exclude<SortKey, 'time'>): RowText {
  switch (key) {
    case 'verdict':
      return {
        cells: [CELL.shape],
        textOf: (slot) => verdictName(store.shapes.get(cell(store, CELL.shape, slot), 'verdict')),
      };
    case 'source':
    case 'destination':
      return { cells: [CELL.link], textOf: (slot) => endText(store, slot, key) };
    case 'type':
      return { cells: [CELL.shape, CELL.extra], textOf: (slot) => typeOf(store, slot) };
    case 'summary':
      return {
        cells: [CELL.shape, CELL.extra],
        textOf: (slot) => summaryOf(store, slot),
      };
    case 'node':
      return { cells: [CELL.link], textOf: (slot) => store.text('nodeName', slot) };
  }
}

const SORTED_BY_TEXT = ['verdict', 'source', 'destination', 'type', 'summary', 'node'] as const;

/** Everything of a row that a search looks into. */
export function searchTexts(store: FlowStore): readonly RowText[] {
  const ends = (['source', 'destination'] as const).flatMap((side): RowText[] => [
    {
      cells: [CELL.link],
      textOf: (slot) => {
        const end = endOf(store, slot, side);
        return `${endText(store, slot, side)} ${end.workload} ${end.ip}`;
      },
    },
    {
      cells: [CELL[END_COLUMNS[side].port]],
      textOf: (slot) => String(portOf(store, slot, side) ?? ''),
    },
  ]);
  return [
    ...ends,
    ...SORTED_BY_TEXT.filter((key) => key !== 'source' && key !== 'destination').map((key) =>
      sortText(store, key),
    ),
    {
      cells: [CELL.extra],
      textOf: (slot) => (store.entry('policies', slot) ?? []).map((policy) => policy.name).join(' '),
    },
  ];
}
