// Where in a message those values lie that differ from flow to flow of one connection: times, uuid, ports, latency.
// Noted by the decoder as it reads; what lies around them is what decode/template-cache.ts compares.

export const MARK = {
  seconds: 0,
  nanos: 1,
  envelopeSeconds: 2,
  envelopeNanos: 3,
  uuid: 4,
  sourcePort: 5,
  destinationPort: 6,
  latency: 7,
} as const;
export const MARK_COUNT = 8;
const NONE = -1;

export class Marks {
  /** By mark: where the value starts and ends, -1 when it is not there. */
  readonly starts = new Int32Array(MARK_COUNT);
  readonly ends = new Int32Array(MARK_COUNT);
  /** False once anything came twice or was taken back: then the values do not follow from the places alone. */
  isRegular = true;

  reset(): void {
    this.starts.fill(NONE);
    this.isRegular = true;
  }

  set(mark: number, start: number, end: number): void {
    if (this.starts[mark] !== NONE) this.isRegular = false;
    this.starts[mark] = start;
    this.ends[mark] = end;
  }
}
