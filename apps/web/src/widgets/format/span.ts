/** A length of time in its two largest units: `850 ms`, `18 s`, `5 min 32 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSpan(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 1000) return `${Math.floor(length)} ms`;
  const s = Math.floor(length / 1000);
  if (s < 60) return `${s} s`;
  if (s < 3600) return twoUnits(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86_400) return twoUnits(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  return twoUnits(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3600), 'h');
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
