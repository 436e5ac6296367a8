// Sums over verdict mixes, and what a mix looks like as a link.

import type { VerdictKind } from '../../../widgets/index.ts';
import type { Mix } from './graph.ts';

export const NO_MIX: Mix = {
  forwarded: 0,
  dropped: 0,
  redirected: 0,
  audit: 0,
  error: 0,
  traced: 0,
  translated: 0,
  unknown: 0,
};

/** In the order of bars: calm first, drops last. */
export const MIX_ORDER: readonly VerdictKind[] = [
  'forwarded',
  'translated',
  'traced',
  'unknown',
  'redirected',
  'audit',
  'error',
  'dropped',
];

/** A sum that is being made. */
export type MixSum = { -readonly [Kind in VerdictKind]: number };

export function newSum(): MixSum {
  return { ...NO_MIX };
}

export function addMix(sum: MixSum, mix: Mix): void {
  sum.forwarded += mix.forwarded;
  sum.dropped += mix.dropped;
  sum.redirected += mix.redirected;
  sum.audit += mix.audit;
  sum.error += mix.error;
  sum.traced += mix.traced;
  sum.translated += mix.translated;
  sum.unknown += mix.unknown;
}

/** What reached its target: everything but drops and errors. */
export function passedOf(mix: Mix): number {
  return mix.forwarded + mix.redirected + mix.audit + mix.traced + mix.translated + mix.unknown;
}

export function totalOf(mix: Mix): number {
  return passedOf(mix) + mix.dropped + mix.error;
}

export type Share = { readonly kind: VerdictKind; readonly count: number };

/** The parts that are there, in the order of bars. */
export function sharesOf(mix: Mix): readonly Share[] {
  return MIX_ORDER.flatMap((kind) => (mix[kind] > 0 ? [{ kind, count: mix[kind] }] : []));
}
