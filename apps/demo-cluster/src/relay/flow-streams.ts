// The open GetFlows streams of the relay port: what each was sent, and faults that await their next write.

/** A fault of one stream. */
export type StreamFault = 'garbage-frame' | 'truncated-stream';

export type FlowStream = {
  readonly id: number;
  flowsSent: number;
  messagesSent: number;
  bytesSent: number;
  eventsReportedLost: number;
  eventsLostUnreported: number;
  flowsPending: number;
  open: boolean;
  /** Taken by the stream's writer. */
  fault: StreamFault | undefined;
  /** Makes the writer look at once. */
  readonly wake: () => void;
};

const KEPT_STREAMS = 1000;

export class FlowStreams {
  readonly #streams: FlowStream[] = [];
  #opened = 0;

  /** Oldest first, ended ones included. */
  get all(): readonly FlowStream[] {
    return this.#streams;
  }

  open(wake: () => void): FlowStream {
    const stream: FlowStream = {
      id: ++this.#opened,
      flowsSent: 0,
      messagesSent: 0,
      bytesSent: 0,
      eventsReportedLost: 0,
      eventsLostUnreported: 0,
      flowsPending: 0,
      open: true,
      fault: undefined,
      wake,
    };
    this.#streams.push(stream);
    if (this.#streams.length > KEPT_STREAMS) this.#streams.shift();
    return stream;
  }

  /** Gives the fault to every open stream; returns how many there are. */
  inject(fault: StreamFault): number {
    const open = this.#streams.filter((stream) => stream.open);
    for (const stream of open) {
      stream.fault = fault;
      stream.wake();
    }
    return open.length;
  }
}
