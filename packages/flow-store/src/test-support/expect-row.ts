// The straightforward reading of a message, column by column, against what a row holds.

import { expect } from 'vitest';
import type { Flow, GetFlowsResponse } from '@finderscope/hubble-api';
import { CELL, REAL, type ShapeName } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import { flowIn } from './messages.ts';

const L4_NUMBERS: Readonly<Record<string, number>> = {
  TCP: 1,
  UDP: 2,
  ICMPv4: 3,
  ICMPv6: 4,
  SCTP: 5,
  VRRP: 6,
  IGMP: 7,
};
const L7_NUMBERS: Readonly<Record<string, number>> = { dns: 100, http: 101, kafka: 102 };
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'NS'] as const;

/** The shape columns of a message, all but `response`. */
function shapeOf(flow: Flow): Record<Exclude<ShapeName, 'response'>, number> {
  const l4 = flow.l4?.protocol;
  const flags = l4?.case === 'TCP' ? l4.value.flags : undefined;
  const record = flow.l7?.record;
  return {
    hasTime: flow.time ? 1 : 0,
    verdict: flow.verdict,
    dropReason: flow.dropReason | 0,
    dropReasonDesc: flow.dropReasonDesc,
    authType: flow.authType,
    flowType: flow.Type,
    hasEventType: flow.eventType ? 1 : 0,
    eventType: flow.eventType?.type ?? 0,
    eventSubType: flow.eventType?.subType ?? 0,
    trafficDirection: flow.trafficDirection,
    policyMatchType: flow.policyMatchType | 0,
    traceObservationPoint: flow.traceObservationPoint,
    debugCapturePoint: flow.debugCapturePoint,
    sockXlatePoint: flow.sockXlatePoint,
    hasReply: flow.isReply === undefined ? 0 : 1,
    isReply: flow.isReply ? 1 : 0,
    hasIp: flow.IP ? 1 : 0,
    ipVersion: flow.IP?.ipVersion ?? 0,
    encrypted: flow.IP?.encrypted ? 1 : 0,
    l4: L4_NUMBERS[l4?.case ?? ''] ?? 0,
    hasTcpFlags: flags ? 1 : 0,
    tcpFlags: FLAGS.reduce((bits, name, i) => (flags?.[name] ? bits | (1 << i) : bits), 0),
    hasL7: flow.l7 ? 1 : 0,
    l7: L7_NUMBERS[record?.case ?? ''] ?? 0,
    l7Type: flow.l7?.type ?? 0,
    httpCode: record?.case === 'http' ? record.value.code | 0 : 0,
    dnsRcode: record?.case === 'dns' ? record.value.rcode | 0 : 0,
    kafkaError: record?.case === 'kafka' ? record.value.errorCode : 0,
  };
}

function dictOf(flow: Flow): Record<string, unknown> {
  const record = flow.l7?.record;
  const http = record?.case === 'http' ? record.value : undefined;
  const dns = record?.case === 'dns' ? record.value : undefined;
  const kafka = record?.case === 'kafka' ? record.value : undefined;
  return {
    source: flow.source,
    destination: flow.destination,
    sourceService: flow.sourceService,
    destinationService: flow.destinationService,
    sourceIp: flow.IP?.source,
    destinationIp: flow.IP?.destination,
    xlatedIp: flow.IP?.sourceXlated,
    sourceNames: flow.sourceNames,
    destinationNames: flow.destinationNames,
    nodeName: flow.nodeName,
    nodeLabels: flow.nodeLabels,
    summary: flow.Summary,
    httpMethod: http?.method,
    httpUrl: http?.url,
    httpHeaders: http?.headers,
    dnsQuery: dns?.query,
    dnsSource: dns?.observationSource,
    dnsTypes: dns?.qtypes,
    kafkaKey: kafka?.apiKey,
    kafkaTopic: kafka?.topic,
    interface: flow.interface,
    traceId: flow.traceContext?.parent?.traceId,
    ipTraceId: flow.ipTraceId,
    ethernet: flow.ethernet,
    policies: [
      ...flow.egressAllowedBy,
      ...flow.ingressAllowedBy,
      ...flow.egressDeniedBy,
      ...flow.ingressDeniedBy,
    ],
  };
}

const DICT_COLUMNS = [
  'source',
  'destination',
  'sourceService',
  'destinationService',
  'sourceIp',
  'destinationIp',
  'xlatedIp',
  'sourceNames',
  'destinationNames',
  'nodeName',
  'nodeLabels',
  'summary',
  'httpMethod',
  'httpUrl',
  'httpHeaders',
  'dnsQuery',
  'dnsSource',
  'dnsTypes',
  'kafkaKey',
  'kafkaTopic',
  'interface',
  'traceId',
  'ipTraceId',
  'ethernet',
  'policies',
] as const;

function port(flow: Flow, side: 'sourcePort' | 'destinationPort'): number {
  const l4 = flow.l4?.protocol;
  if (l4?.case !== 'TCP' && l4?.case !== 'UDP' && l4?.case !== 'SCTP') return 0;
  // A port that was not on the wire is one of a message that was there: 0.
  return (l4.value[side] & 0xffff) + 1;
}

/** Fails unless every column of the row in `slot` says what the message says, which must be a flow. */
export function expectRow(store: FlowStore, slot: number, response: GetFlowsResponse): void {
  const flow = flowIn(response);
  const { cells, reals } = store.table;
  const shapeId = cells[CELL.shape]![slot]!;
  const shape = shapeOf(flow);
  for (const name of Object.keys(shape) as (keyof typeof shape)[]) {
    expect(store.shapes.get(shapeId, name), name).toBe(shape[name]);
  }
  const dict = dictOf(flow);
  for (const name of DICT_COLUMNS) expect(store.entry(name, slot), name).toEqual(dict[name]);
  expect(cells[CELL.sourcePort]![slot]).toBe(port(flow, 'sourcePort'));
  expect(cells[CELL.destinationPort]![slot]).toBe(port(flow, 'destinationPort'));
  expect(reals[REAL.latencyNs]![slot]).toBe(Number(flow.l7?.latencyNs ?? 0n));
  expect(store.uuid(slot)).toBe(flow.uuid);
  const time = flow.time ?? response.time;
  if (time) {
    expect(reals[REAL.timeSeconds]![slot]).toBe(Number(time.seconds));
    expect(cells[CELL.timeNanos]![slot]! | 0).toBe(time.nanos);
  }
}
