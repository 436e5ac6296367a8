// How loud a row is. Forwarded is calm; only what went wrong is tinted, edged and bold.

/** Verdict numbers of flow.proto. */
const TONES: ReadonlyMap<number, RowTone> = new Map([
  [2, 'dropped'],
  [3, 'error'],
  [4, 'audit'],
]);

export type RowTone = 'calm' | 'dropped' | 'error' | 'audit';

/** Unknown verdict numbers are calm: nothing is known to be wrong. */
export function rowTone(verdict: number): RowTone {
  return TONES.get(verdict) ?? 'calm';
}

/** Which arrow stands between the ends: a drop ends in a bar, a reply turns back. */
export type ArrowKind = 'stopped' | 'reply' | 'forward' | 'unknown';

export function arrowKind(row: {
  readonly verdict: number;
  readonly isReply: boolean | undefined;
}): ArrowKind {
  if (row.verdict === 2) return 'stopped';
  if (row.isReply === undefined) return 'unknown';
  return row.isReply ? 'reply' : 'forward';
}
