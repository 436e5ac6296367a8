import type { Why } from '../why.ts';

/** The sentence as one string. */
export function whyText(why: Why): string {
  return why.parts.map((part) => part.text).join('');
}
