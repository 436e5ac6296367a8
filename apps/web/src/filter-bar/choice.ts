// What a line of a pane stands for in the filter, and what a click on it does there.

import { queryTokens, removeToken, removeValue, type ValueState, valueState } from '@finderscope/flow-query';
import { toggleValue } from './toggle-value.ts';
import { type ValueFilter, valueFilterText } from './value-filter.ts';
import { withValue } from './with-value.ts';

/** All of these at once; empty for what the language has no word for. */
export type Choice = readonly ValueFilter[];

/** What the filter says of a choice. */
export function choiceState(filter: string, choice: Choice): ValueState {
  const [first] = choice;
  if (first === undefined) return 'none';
  if (choice.length === 1) return valueState(filter, first.field, first.value);
  if (excludedAt(filter, choice) !== -1) return 'excluded';
  return choice.every(({ field, value }) => valueState(filter, field, value) === 'included')
    ? 'included'
    : 'none';
}

/** The same click again takes the choice out of the filter; nothing else that the filter says is touched. */
export function toggleChoice(filter: string, choice: Choice, how: 'include' | 'exclude'): string {
  const [first] = choice;
  if (first === undefined) return filter;
  if (choice.length === 1) return toggleValue(filter, first, how);
  const excluded = excludedAt(filter, choice);
  const bare = excluded === -1 ? filter : removeToken(filter, excluded);
  if (how === 'exclude') {
    if (excluded !== -1) return bare;
    return [withoutChoice(filter, choice), groupText(choice)].filter((part) => part !== '').join(' ');
  }
  if (choiceState(bare, choice) === 'included') return withoutChoice(bare, choice);
  return choice.reduce((text, value) => withValue(text, value), bare);
}

/** Only what was asked for as a whole is taken out as a whole: one of its values may stand for something else. */
function withoutChoice(filter: string, choice: Choice): string {
  if (choiceState(filter, choice) !== 'included') return filter;
  return choice.reduce((text, { field, value }) => removeValue(text, field, value), filter);
}

function groupText(choice: Choice): string {
  return `not (${choice.map(valueFilterText).join(' ')})`;
}

/** Place of the token that excludes exactly this choice, -1 without one. */
function excludedAt(filter: string, choice: Choice): number {
  const [wanted] = queryTokens(groupText(choice));
  return (
    queryTokens(filter).find((token) => token.kind === 'group' && token.text === wanted?.text)?.index ?? -1
  );
}
