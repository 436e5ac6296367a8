// TCP flags as text. Bits from 0 up: FIN SYN RST PSH ACK URG ECE CWR NS, the order of the proto.

/** Names by bit. */
export const TCP_FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'NS'] as const;

/** Bits in the order in which Hubble's summary lists them: SYN, ACK, RST, FIN, PSH, URG, ECE, CWR, NS. */
const PRINT_ORDER: readonly number[] = [1, 4, 2, 0, 3, 5, 6, 7, 8];

/** `SYN, ACK`; '' when no flag is set. */
export function tcpFlagsText(bits: number): string {
  return PRINT_ORDER.filter((bit) => bits & (1 << bit))
    .map((bit) => TCP_FLAG_NAMES[bit])
    .join(', ');
}
