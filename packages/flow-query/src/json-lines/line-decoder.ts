// Any line of a file: by the transcoder when Hubble wrote it, else by the reference, so that the answer is always that
// of `fromJsonLine`.

import { toBinary } from '@bufbuild/protobuf';
import { type GetAgentEventsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { fromJsonLine } from '../text/json-line.ts';
import { JsonTranscoder } from './transcoder.ts';

/**
 * What a line turned out to be. Of flows, lost events and node states, and of an envelope without an event, the message
 * has been written; an agent event is handed over as it is, since agents tell few.
 */
export type DecodedLine =
  | { readonly kind: 'flow' | 'lost' | 'node' | 'nothing'; readonly unknownFields: readonly string[] }
  | {
      readonly kind: 'agent';
      readonly response: GetAgentEventsResponse;
      readonly unknownFields: readonly string[];
    }
  | { readonly kind: 'debug'; readonly unknownFields: readonly string[] }
  | { readonly kind: 'broken'; readonly reason: string };

type Kind = DecodedLine['kind'];

const NONE: readonly string[] = [];
const PLAIN: Readonly<Record<'flow' | 'lost' | 'node' | 'nothing', DecodedLine>> = {
  flow: { kind: 'flow', unknownFields: NONE },
  lost: { kind: 'lost', unknownFields: NONE },
  node: { kind: 'node', unknownFields: NONE },
  nothing: { kind: 'nothing', unknownFields: NONE },
};
/** By the first byte of the message: the tag of its event. */
const KIND_BY_TAG: ReadonlyMap<number, 'flow' | 'lost' | 'node'> = new Map([
  [0x0a, 'flow'],
  [0x12, 'node'],
  [0x1a, 'lost'],
]);

export class LineDecoder {
  readonly #transcoder = new JsonTranscoder();
  readonly #text = new TextDecoder();
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /** Messages written since `clear`: [0, length). Written again afterwards. */
  get out(): Uint8Array {
    return this.#transcoder.out;
  }

  get length(): number {
    return this.#transcoder.at;
  }

  /** Seconds since 1970 of a time of the line before; as a rule that of its flow. */
  get seconds(): number {
    return this.#transcoder.seconds;
  }

  clear(): void {
    this.#transcoder.at = 0;
  }

  /** Where lines are read from; behind each of them there must be a line feed. */
  use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#transcoder.use(bytes);
  }

  /** The line [start, end). Its message begins where `length` was. */
  decode(start: number, end: number): DecodedLine {
    const from = this.#transcoder.at;
    if (this.#transcoder.transcode(start, end)) return PLAIN[this.#kindFrom(from)];
    return this.#byReference(this.#text.decode(this.#bytes.subarray(start, end)));
  }

  #kindFrom(from: number): Exclude<Kind, 'agent' | 'debug' | 'broken'> {
    const tag = this.length > from ? this.out[from] : undefined;
    return (tag === undefined ? undefined : KIND_BY_TAG.get(tag)) ?? 'nothing';
  }

  #byReference(line: string): DecodedLine {
    const read = fromJsonLine(line);
    if (!read.ok) return { kind: 'broken', reason: read.error };
    const { unknownFields } = read.value;
    if (read.value.kind === 'debug') return { kind: 'debug', unknownFields };
    if (read.value.kind === 'agent') return { kind: 'agent', response: read.value.response, unknownFields };
    const { response } = read.value;
    const message = toBinary(GetFlowsResponseSchema, response);
    const transcoder = this.#transcoder;
    const from = transcoder.at;
    transcoder.reserve(message.length);
    transcoder.out.set(message, from);
    transcoder.at += message.length;
    const { time } = response;
    if (time !== undefined) transcoder.seconds = Number(time.seconds);
    return { kind: this.#kindFrom(from), unknownFields };
  }
}
