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

export function addMix(a: Mix, b: Mix): Mix {
  return {
    forwarded: a.forwarded + b.forwarded,
    dropped: a.dropped + b.dropped,
    redirected: a.redirected + b.redirected,
    audit: a.audit + b.audit,
    error: a.error + b.error,
    traced: a.traced + b.traced,
    translated: a.translated + b.translated,
    unknown: a.unknown + b.unknown,
  };
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
