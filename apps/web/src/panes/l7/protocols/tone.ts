import type { Tone } from './protocol-view.ts';

/** Classes of a number by its tone: only what is wrong has colour and weight. */
export const TONE: Readonly<Record<Tone, string>> = {
  plain: 'text-text',
  grey: 'text-text3',
  warn: 'font-semibold text-audit',
  bad: 'font-semibold text-dropped',
};
