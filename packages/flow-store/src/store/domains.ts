// How the entries of each dictionary are read. Runs were kept with their tags, so they are read as the message they
// were cut from.

import { fromBinary } from '@bufbuild/protobuf';
import {
  DNSSchema,
  EndpointSchema,
  EthernetSchema,
  FlowSchema,
  HTTPSchema,
  IPTraceIDSchema,
  NetworkInterfaceSchema,
  ServiceSchema,
} from '@finderscope/hubble-api';
import type { EndpointPart } from '@finderscope/flow-query';
import type { Domain } from '../schema/columns.ts';
import { ByteDictionary, type ReadEntry } from './byte-dictionary.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readText(bytes: Uint8Array): string {
  return strictUtf8.decode(bytes);
}

function readEndpoint(bytes: Uint8Array): EndpointPart {
  return fromBinary(EndpointSchema, bytes);
}

function readPolicies(bytes: Uint8Array): readonly { readonly name: string; readonly namespace: string }[] {
  const flow = fromBinary(FlowSchema, bytes);
  return [...flow.egressAllowedBy, ...flow.ingressAllowedBy, ...flow.egressDeniedBy, ...flow.ingressDeniedBy];
}

function readNames(bytes: Uint8Array): readonly string[] {
  const flow = fromBinary(FlowSchema, bytes);
  return [...flow.sourceNames, ...flow.destinationNames];
}

const READERS = {
  endpoint: readEndpoint,
  service: (bytes: Uint8Array) => fromBinary(ServiceSchema, bytes),
  ip: readText,
  names: readNames,
  nodeName: readText,
  nodeLabels: (bytes: Uint8Array): readonly string[] => fromBinary(FlowSchema, bytes).nodeLabels,
  uuidText: readText,
  summary: readText,
  method: readText,
  url: readText,
  headers: (bytes: Uint8Array) => fromBinary(HTTPSchema, bytes).headers,
  dnsQuery: readText,
  dnsSource: readText,
  dnsTypes: (bytes: Uint8Array): readonly string[] => fromBinary(DNSSchema, bytes).qtypes,
  kafkaKey: readText,
  kafkaTopic: readText,
  interface: (bytes: Uint8Array) => fromBinary(NetworkInterfaceSchema, bytes),
  traceId: readText,
  ipTraceId: (bytes: Uint8Array) => fromBinary(IPTraceIDSchema, bytes),
  ethernet: (bytes: Uint8Array) => fromBinary(EthernetSchema, bytes),
  policies: readPolicies,
} satisfies Record<Domain, ReadEntry<unknown>>;

export type EntryOf<D extends Domain> = ReturnType<(typeof READERS)[D]>;
export type Dictionaries = { readonly [D in Domain]: ByteDictionary<EntryOf<D>> };

/** One empty dictionary per domain. `seed` keeps hash collisions from being prepared in advance. */
export function createDictionaries(seed: number): Dictionaries {
  const out: Partial<Record<Domain, ByteDictionary<unknown>>> = {};
  for (const domain of Object.keys(READERS) as Domain[]) {
    const read: ReadEntry<unknown> = READERS[domain];
    out[domain] = new ByteDictionary(read, read === readText, seed);
  }
  return out as Dictionaries;
}
