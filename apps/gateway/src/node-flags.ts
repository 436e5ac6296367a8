// How Node is to be started for the gateway. Bytes on their way through are memory outside of V8's heap, which V8 takes
// back with objects that own it: a young generation that is soon full gives it back sooner and for less than the full
// collections that so much of it brings about otherwise (docs/performance.md has the figures).

import flags from '../node-flags.json' with { type: 'json' };

/** To be put in front of the file. */
export const NODE_FLAGS: readonly string[] = flags;
