// What became of a packet or request, as enum name and as the CLI words it.

import { Verdict, VerdictSchema } from '@finderscope/hubble-api';
import { enumName, enumNames } from './enum-name.ts';
import { EVENT_TYPE_POLICY_VERDICT } from './event-type.ts';

/** Enum names by number from 0 up. */
export const VERDICT_NAMES: readonly string[] = enumNames(VerdictSchema);

/** `DROPPED`; the number as text when unknown. */
export function verdictName(verdict: number): string {
  return enumName(VerdictSchema, verdict);
}

export type PolicyName = { readonly name: string; readonly kind: string };

export type VerdictInput = {
  readonly verdict: number;
  /** CiliumEventType.type, 0 without one. */
  readonly eventType: number;
};

/** The enum name, but ALLOWED, DENIED and AUDITED where a policy spoke (event type 5). */
export function verdictText({ verdict, eventType }: VerdictInput): string {
  if (eventType === EVENT_TYPE_POLICY_VERDICT) {
    switch (verdict) {
      case Verdict.FORWARDED:
      case Verdict.REDIRECTED:
        return 'ALLOWED';
      case Verdict.DROPPED:
      case Verdict.ERROR:
        return 'DENIED';
      case Verdict.AUDIT:
        return 'AUDITED';
    }
  }
  return verdictName(verdict);
}

/** ` BY name (Kind), name2 (Kind2)`; policies without name or kind are left out, '' when none remains. */
export function policyNamesText(policies: readonly PolicyName[]): string {
  const named = policies.filter(({ name, kind }) => name !== '' && kind !== '');
  return named.length === 0 ? '' : ` BY ${named.map(({ name, kind }) => `${name} (${kind})`).join(', ')}`;
}
