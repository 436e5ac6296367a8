// Ports with the protocols spoken over them, from counts by port and protocol.

import { fieldByName } from '@finderscope/flow-query';
import type { TopAnswer } from '../../engine/protocol.ts';
import type { Choice } from '../../filter-bar/choice.ts';

export type PortLine = {
  readonly id: string;
  /** The port; the protocol where a flow tells no port. */
  readonly label: string;
  /** `UDP, DNS`: most flows first; `no port` where the label is a protocol. */
  readonly note: string;
  readonly count: number;
  readonly choice: Choice;
};

/** Traces at sockets say 0 where they do not know the port. */
const NO_PORT: ReadonlySet<string> = new Set(['', '0']);

/** What counts by 'served-port' and 'protocol' become; most flows first. Ports that clients are given are one line. */
export function portLines(groups: TopAnswer['groups']): readonly PortLine[] {
  const lines = new Map<string, { count: number; readonly protocols: Set<string> }>();
  for (const { values, count } of groups) {
    const [port = '', protocol = ''] = values;
    const id = NO_PORT.has(port) ? `none ${protocol}` : port;
    const line = lines.get(id) ?? { count: 0, protocols: new Set<string>() };
    lines.set(id, line);
    line.count += count;
    if (protocol !== '') line.protocols.add(protocol);
  }
  return [...lines]
    .map(([id, { count, protocols }]) => {
      const names = [...protocols].map(protocolName).join(', ');
      const words = id.startsWith('none ')
        ? { label: names === '' ? 'none' : names, note: 'no port' }
        : { label: id, note: names };
      return { id, ...words, count, choice: choiceOf(id) };
    })
    .toSorted((a, b) => b.count - a.count);
}

function choiceOf(id: string): Choice {
  const [field, value] = id.startsWith('none ') ? ['protocol', id.slice('none '.length)] : ['port', id];
  return fieldByName(field)?.check(value).ok === true ? [{ field, value }] : [];
}

/** `icmpv4` as Hubble writes it. */
export function protocolName(value: string): string {
  return value.startsWith('icmp')
    ? `ICMP${value.slice('icmp'.length)}`
    : value === 'kafka'
      ? 'Kafka'
      : value.toUpperCase();
}
