// What a sentence is about: "The SYN", "The HTTP request GET /v1/".

import { type Flow, L7FlowType } from '@finderscope/hubble-api';
import { requestTarget } from './request-target.ts';
import { plain, strong, type WhyPart } from './sentence.ts';

/** Begins with "The". */
export function subjectOf(flow: Flow): readonly WhyPart[] {
  const record = flow.l7?.record;
  const isResponse = flow.l7?.type === L7FlowType.RESPONSE;
  if (record?.case === 'http') {
    const request = `${record.value.method} ${requestTarget(record.value.url)}`.trim();
    const code = record.value.code > 0 ? `${String(record.value.code)} ` : '';
    return isResponse
      ? [plain('The HTTP response '), strong(`${code}to ${request}`)]
      : [plain('The HTTP request '), strong(request)];
  }
  if (record?.case === 'dns') {
    return [plain(isResponse ? 'The DNS answer for ' : 'The DNS query for '), strong(record.value.query)];
  }
  if (record?.case === 'kafka') {
    return [plain(isResponse ? 'The Kafka response ' : 'The Kafka request '), strong(record.value.apiKey)];
  }
  return [plain('The '), strong(packetOf(flow))];
}

function packetOf(flow: Flow): string {
  const protocol = flow.l4?.protocol;
  if (protocol?.case === undefined) return 'packet';
  if (protocol.case !== 'TCP') return `${protocol.case} packet`;
  const flags = protocol.value.flags;
  if (flags === undefined) return 'TCP packet';
  const set = (['SYN', 'ACK', 'RST', 'FIN', 'PSH', 'URG', 'ECE', 'CWR', 'NS'] as const).filter(
    (flag) => flags[flag],
  );
  const [only, ...others] = set;
  if (only === undefined) return 'TCP packet';
  return others.length === 0 ? only : `TCP packet (${set.join(', ')})`;
}
