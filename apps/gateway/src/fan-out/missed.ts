// What a viewer that was moved on has missed, told to it before anything else:
//
//   flows         as one LostEvent of this gateway, that counts them
//   lost events   added up, one for each node and cause: what a node has lost stays lost by that node
//   node states   the newest of each kind for each node, as they came and in their order, so that the viewer knows
//                 which nodes it has; none of them counts as lost
//
// Frames are looked into here alone, and only while a viewer is moved on. Memory grows with the nodes, not with what
// is missed.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { encodeFrame, FLAG_COMPRESSED, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import {
  type GetFlowsResponse,
  GetFlowsResponseSchema,
  type LostEvent,
  type NodeStatusEvent,
} from '@finderscope/hubble-api';
import { encodeLostFrame } from './lost-frame.ts';
import { framesOf } from './whole-frames.ts';

const { flow, lostEvents, nodeStatus } = GetFlowsResponseSchema.field;

/** Whole frames, and how many. */
export type Telling = { readonly bytes: Buffer; readonly frames: number };

export class Missed {
  /** Flows, and messages that could not be read: whoever gets one of those counts it too. */
  #flows = 0;
  readonly #lost = new Map<string, GetFlowsResponse>();
  readonly #states = new Map<string, Buffer>();

  /** Takes note of every frame of the batch; keeps no view on it. */
  add(batch: Buffer): void {
    for (const frame of framesOf(batch)) {
      const response = readNotice(frame);
      const told = response?.responseTypes;
      if (response !== undefined && told?.case === 'lostEvents') this.#addLost(response, told.value);
      else if (told?.case === 'nodeStatus') this.#addState(told.value, frame);
      else this.#flows++;
    }
  }

  /** What the viewer is to be told, once; undefined when nothing was missed since the last time. */
  take(nowMs: number): Telling | undefined {
    const frames: Uint8Array[] = [];
    if (this.#flows > 0) frames.push(encodeLostFrame(this.#flows, nowMs));
    for (const response of this.#lost.values()) {
      frames.push(encodeFrame(toBinary(GetFlowsResponseSchema, response)));
    }
    frames.push(...new Set(this.#states.values()));
    this.#flows = 0;
    this.#lost.clear();
    this.#states.clear();
    return frames.length === 0 ? undefined : { bytes: Buffer.concat(frames), frames: frames.length };
  }

  /** The newest event of its kind with the sum of all; `event` is what `response` holds. */
  #addLost(response: GetFlowsResponse, event: LostEvent): void {
    const key = `${event.source} ${response.nodeName}`;
    const before = this.#lost.get(key)?.responseTypes;
    if (before?.case === 'lostEvents') {
      event.numEventsLost += before.value.numEventsLost;
      if (before.value.first !== undefined) event.first = before.value.first;
    }
    this.#lost.set(key, response);
  }

  /** A later state goes to the end, so that the order in which they are told is that in which they came. */
  #addState({ stateChange, nodeNames }: NodeStatusEvent, frame: Buffer): void {
    const kept = Buffer.from(frame);
    for (const node of nodeNames.length === 0 ? [''] : nodeNames) {
      const key = `${stateChange} ${node}`;
      this.#states.delete(key);
      this.#states.set(key, kept);
    }
  }
}

/** A message that is no flow; undefined for a flow and for what cannot be read. */
function readNotice(frame: Buffer): GetFlowsResponse | undefined {
  if (((frame[0] ?? 0) & FLAG_COMPRESSED) !== 0) return undefined;
  const message = frame.subarray(FRAME_HEADER_BYTES);
  try {
    return isNotice(message) ? fromBinary(GetFlowsResponseSchema, message) : undefined;
  } catch {
    // Garbage from the network: it counts as one message, as it would have for the viewer.
    return undefined;
  }
}

/** Goes by the first of the fields that tell what a message is; steps over the others without reading them. */
function isNotice(message: Buffer): boolean {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number === flow.number) return false;
    if (number === lostEvents.number || number === nodeStatus.number) return true;
    reader.skip(wireType, number);
  }
  return false;
}
