// Which rows of the tables are open, as the address names them: one of each protocol.

import type { CallGroup, L7Kind } from '../../engine/protocol.ts';

/** `http GET /status/{code}` */
export function rowName(protocol: L7Kind, key: CallGroup['key']): string {
  return [protocol, ...key].join(' ');
}

/** The open rows once a row has been opened in place of the protocol's other one, or closed. */
export function toggleRow(open: readonly string[], name: string): readonly string[] {
  if (open.includes(name)) return open.filter((one) => one !== name);
  const [protocol = ''] = name.split(' ', 1);
  return [...open.filter((one) => !one.startsWith(`${protocol} `)), name];
}
