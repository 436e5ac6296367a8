// The line under the bar: what is wrong, in the words of the language, and what is still in force.

import type { PlacedProblem } from './bar-token.ts';

export type BarMessage = { readonly kind: 'none' | 'note' | 'error'; readonly text: string };

export type BarProblems = {
  /** Of what is being typed. */
  readonly draft: readonly PlacedProblem[];
  /** Of the filter in the address, as after opening a broken link. */
  readonly standing: readonly PlacedProblem[];
  /** What a pasted command says that has no effect here. */
  readonly pasted: readonly string[];
  /** The filter in force. */
  readonly inForce: string;
};

/** The first problem alone: the next one shows when it is mended. */
export function barMessage({ draft, standing, pasted, inForce }: BarProblems): BarMessage {
  const [problem] = [...draft, ...standing];
  const still = inForce === '' ? 'Still showing everything.' : `Still filtering by ${inForce}.`;
  if (problem !== undefined) return { kind: 'error', text: `${sentence(problem.message)} ${still}` };
  if (pasted.length > 0) return { kind: 'note', text: pasted.map(sentence).join(' ') };
  return { kind: 'none', text: '' };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
