// DNS: a name and the record types asked for; the answer repeats both.

import { dnsRcodeName } from '@finderscope/flow-query';
import { type Dialect, isResponse } from './dialect.ts';

/** The time to live of an answer without records. */
export const NO_TTL = 0xffffffff;

export const DNS: Dialect = {
  kind: 'dns',
  texts: ['dnsQuery', 'dnsTypes'],
  keyOf: (store, query, types) => {
    const name = store.entryById('dnsQuery', query) ?? '';
    return { key: [name, (store.entryById('dnsTypes', types) ?? []).join(', ')], raw: name };
  },
  result: 'dnsRcode',
  resultText: dnsRcodeName,
  isFailure: (code) => code !== 0,
  speak: (flow) => {
    const record = flow.l7?.record;
    if (record?.case !== 'dns') return undefined;
    const { query, qtypes, rcode, ips, cnames } = record.value;
    const types = qtypes.join(', ');
    return {
      key: [query, types],
      raw: query,
      what: [query, types].filter(Boolean).join(' '),
      pairing: JSON.stringify([query, types]),
      result: isResponse(flow) ? dnsRcodeName(rcode) : '',
      note: [...ips, ...cnames].join(', '),
    };
  },
};
