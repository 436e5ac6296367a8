// What relay tells about nodes: NODE_CONNECTED and NODE_UNAVAILABLE at the start, NODE_ERROR when a node's stream
// fails. Equal errors that come within ten seconds are told once, with all names.

import { create } from '@bufbuild/protobuf';
import { type GrpcError, GrpcCode, grpcCodeName } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema, NodeState } from '@finderscope/hubble-api';

import { responseEntry, type RingEntry } from '../ring/entry.ts';
import { type Moment, nsBetween } from '../timeline/clock.ts';
import { timestampOf } from '../timeline/timestamp.ts';

const WINDOW_NS = 10e9;

export function nodeStatusEntry(
  state: NodeState,
  nodeNames: readonly string[],
  message: string,
  relayNode: string,
  at: Moment,
): RingEntry {
  const response = create(GetFlowsResponseSchema, {
    responseTypes: { case: 'nodeStatus', value: { stateChange: state, nodeNames: [...nodeNames], message } },
    nodeName: relayNode,
    time: timestampOf(at),
  });
  return responseEntry(response, at);
}

/** The text of an error as gRPC in Go prints it; relay strips the wrapping of UNKNOWN. */
export function relayErrorText(error: GrpcError): string {
  if (error.code === GrpcCode.UNKNOWN) return error.message;
  return `rpc error: code = ${goCodeName(error.code)} desc = ${error.message}`;
}

/** INVALID_ARGUMENT is InvalidArgument in Go, and CANCELLED is Canceled. */
function goCodeName(code: number): string {
  if (code === GrpcCode.OK) return 'OK';
  if (code === GrpcCode.CANCELLED) return 'Canceled';
  return grpcCodeName(code)
    .split('_')
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join('');
}

type Pending = { readonly message: string; readonly names: string[]; readonly at: Moment };

export class NodeErrors {
  readonly #relayNode: string;
  #pending: Pending | undefined;

  constructor(relayNode: string) {
    this.#relayNode = relayNode;
  }

  /** Takes an error; returns the message that this one pushes out. */
  add(nodeName: string, message: string, now: Moment): RingEntry | undefined {
    const pending = this.#pending;
    if (pending?.message === message && nsBetween(pending.at, now) < WINDOW_NS) {
      if (!pending.names.includes(nodeName)) pending.names.push(nodeName);
      return undefined;
    }
    const pushedOut = this.flush();
    this.#pending = { message, names: [nodeName], at: now };
    return pushedOut;
  }

  /** The pending message when its ten seconds are over. */
  takeDue(now: Moment): RingEntry | undefined {
    if (this.#pending === undefined || nsBetween(this.#pending.at, now) < WINDOW_NS) return undefined;
    return this.flush();
  }

  /** The pending message, whatever its age. */
  flush(): RingEntry | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return undefined;
    return nodeStatusEntry(NodeState.NODE_ERROR, pending.names, pending.message, this.#relayNode, pending.at);
  }
}
