// What the worker has to know of an L7 protocol to put calls into groups and to pair requests with responses. One file
// per protocol beside this one, one line in dialects.ts.

import type { ExtraName, FlowStore } from '@finderscope/flow-store';
import type { Flow } from '@finderscope/hubble-api';
import type { CallGroup, L7Kind } from '../../protocol.ts';
import type { Templater } from './path-rules.ts';

export type CallKey = {
  readonly key: CallGroup['key'];
  /** What the group folds: flows of one call have the same. */
  readonly raw: string;
};

/** What one flow says of a call; request and response of it say the same `pairing`. */
export type Spoken = CallKey & {
  readonly what: string;
  readonly pairing: string;
  /** '' on a request. */
  readonly result: string;
  readonly note: string;
};

export type Dialect = {
  readonly kind: L7Kind;
  /** Columns that say what was asked for, on requests and responses alike. */
  readonly texts: readonly [ExtraName, ExtraName];
  /** From the ids of the entries of these columns. */
  readonly keyOf: (store: FlowStore, first: number, second: number, templater: Templater) => CallKey;
  /** The column of the result, and the result in words. */
  readonly result: 'httpCode' | 'dnsRcode' | 'kafkaError';
  readonly resultText: (code: number) => string;
  readonly isFailure: (code: number) => boolean;
  /** undefined when the flow is of another protocol. */
  readonly speak: (flow: Flow, templater: Templater) => Spoken | undefined;
};

/** True for the answer to a request. */
export function isResponse(flow: Flow): boolean {
  return flow.l7?.type === RESPONSE;
}

/** L7FlowType.RESPONSE; samples are of neither kind. */
export const RESPONSE = 2;
/** L7FlowType.REQUEST. */
export const REQUEST = 1;
