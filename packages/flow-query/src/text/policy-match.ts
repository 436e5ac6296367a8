// How specific the policy entry was that decided (policy_match_type).

export const POLICY_MATCH_TYPE_NAMES: readonly string[] = [
  'none',
  'L3-Only',
  'L3-L4',
  'L4-Only',
  'all',
  'L3-Proto',
  'Proto-Only',
];

/** `L3-L4`; `unknown` for a number without a name. */
export function policyMatchTypeName(type: number): string {
  return POLICY_MATCH_TYPE_NAMES[type] ?? 'unknown';
}
