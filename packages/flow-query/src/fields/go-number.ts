// Unsigned numbers as Go's strconv.ParseUint reads them, which decides what the CLI's flags accept.

/** Decimal digits only; undefined when it is no such number or needs more than `bits` bits. */
export function parseUint(text: string, bits: number): bigint | undefined {
  return /^[0-9]+$/.test(text) ? within(BigInt(text), bits) : undefined;
}

/** Also `0x1f`, `0b11`, `0o17`, `017` and underscores between digits: Go's base 0. */
export function parsePrefixedUint(text: string, bits: number): bigint | undefined {
  if (/^(?:0|[1-9](?:_?[0-9])*)$/.test(text)) return within(BigInt(text.replaceAll('_', '')), bits);
  if (/^0(?:_?[0-7])+$/.test(text)) return within(BigInt(`0o${text.replaceAll('_', '')}`), bits);
  if (/^0(?:x(?:_?[0-9a-f])+|b(?:_?[01])+|o(?:_?[0-7])+)$/i.test(text)) {
    return within(BigInt(text.toLowerCase().replaceAll('_', '')), bits);
  }
  return undefined;
}

function within(value: bigint, bits: number): bigint | undefined {
  return value < 1n << BigInt(bits) ? value : undefined;
}
