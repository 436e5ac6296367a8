// grpc-timeout: up to eight digits and a unit.

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};
const MAX_DIGITS_VALUE = 99_999_999;

/** Milliseconds (may be a fraction), or undefined when the text is not a valid grpc-timeout. */
export function parseGrpcTimeout(text: string): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(text);
  const digits = match?.[1];
  const perUnit = UNIT_MS[match?.[2] ?? ''];
  return digits === undefined || perUnit === undefined ? undefined : Number(digits) * perUnit;
}

/** The header value for a number of milliseconds, rounded up, in the finest of m, S, M, H that fits. */
export function formatGrpcTimeout(ms: number): string {
  for (const unit of ['m', 'S', 'M'] as const) {
    const value = Math.max(0, Math.ceil(ms / UNIT_MS[unit]!));
    if (value <= MAX_DIGITS_VALUE) return `${value}${unit}`;
  }
  return `${Math.min(MAX_DIGITS_VALUE, Math.ceil(ms / UNIT_MS['H']!))}H`;
}
