// The CLI's words for the why sentence, taken from flow-query.

import { dropReasonName, dropReasonText, identityName, verdictName } from '@finderscope/flow-query';
import type { WhyWords } from './why.ts';

/** `typeText` is the flow's TYPE as the CLI prints it. */
export function whyWords(typeText: string): WhyWords {
  return { dropReasonName, dropReasonText, identityName, verdictName, typeText };
}
