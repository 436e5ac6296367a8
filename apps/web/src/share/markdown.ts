// A flow for a chat, an issue or a runbook: what became of it, the sentence, the CLI's line, and the link.

import { compactLine } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import { explainFlow, type WhyKnown } from '../explain/why.ts';
import { whyWords } from '../explain/why-words.ts';

export type MarkdownParts = {
  /** Already masked where that is wanted. */
  readonly response: GetFlowsResponse;
  /** The CLI's TYPE text of the flow. */
  readonly typeText: string;
  readonly url: string;
  readonly known: WhyKnown;
  /** What was masked, in words; '' for nothing. */
  readonly masked: string;
};

/** Ends without a line break. A response that holds no flow gives line and link only. */
export function flowMarkdown({ response, typeText, url, known, masked }: MarkdownParts): string {
  const { responseTypes } = response;
  const parts =
    responseTypes.case === 'flow' ? explainFlow(responseTypes.value, whyWords(typeText), known).parts : [];
  const sentence = parts
    .map(({ text, strong }) => (strong ? strongText(text) : escapeMarkdown(text)))
    .join('');
  const line = compactLine(response);
  const fence = '`'.repeat(Math.max(3, longestRun(line) + 1));
  return [
    ...(sentence === '' ? [] : [sentence, '']),
    fence,
    line,
    fence,
    '',
    `[Open in Finderscope](<${url}>)`,
    ...(masked === '' ? [] : ['', `Masked: ${masked}.`]),
  ].join('\n');
}

/** Stars only hold on to text without blanks at its ends. */
function strongText(text: string): string {
  const bare = text.trim();
  if (bare === '') return text;
  const [before = '', after = ''] = text.split(bare, 2);
  return `${before}**${escapeMarkdown(bare)}**${after}`;
}

/** Names and URLs of a cluster are chosen by whoever runs things in it. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~&@]/g, String.raw`\$&`).replaceAll(/[\r\n]+/g, ' ');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
