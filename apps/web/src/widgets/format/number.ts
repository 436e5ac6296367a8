// Numbers as people read them. Always English grouping, since filters, verdicts and the CLI are English too.

const EXACT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Every digit: `1,000,000`. For the books and for row counts. */
export function formatExact(count: number): string {
  return EXACT.format(count);
}

/** Short: `9,999`, then `12.4k`, `1.2M`. Rounded down, so that 999,999 never reads as a million. */
export function formatCount(count: number): string {
  if (Math.abs(count) < 10_000) return EXACT.format(Math.trunc(count));
  for (const [unit, letter] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (Math.abs(count) >= unit) return `${oneDecimal(count / unit)}${letter}`;
  }
  return EXACT.format(count);
}

/** Per second, without its unit: one decimal under 100 (`44.9`), none above (`5,012`), then `12.4k`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  // A trickle must not read as nothing.
  if (perSecond < 0.05) return '<0.1';
  const tenths = Math.round(perSecond * 10) / 10;
  return tenths < 100 ? tenths.toFixed(1) : formatCount(Math.round(perSecond));
}

function oneDecimal(value: number): string {
  const tenths = Math.trunc(value * 10) / 10;
  return Math.abs(tenths) >= 100 ? EXACT.format(Math.trunc(tenths)) : tenths.toFixed(1);
}
