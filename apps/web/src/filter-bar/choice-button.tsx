// A line of a pane that stands for a choice: a click asks for it, a click with Alt leaves it out, and each again lets
// go. By keyboard Enter and Alt with Enter, or f and x as everywhere.

import type { KeyboardEvent, ReactNode } from 'react';
import { valueFilterText } from './value-filter.ts';
import { currentView, navigate, useView } from '../view-state/index.ts';
import { type Choice, choiceState, toggleChoice } from './choice.ts';

export type ChoiceButtonProps = {
  readonly choice: Choice;
  /** How much of it there is, said after the label: the only child that a screen reader reads. */
  readonly said: string;
  /** Reached by Tab; the others of the list by arrow keys from there, which `[data-choice]` finds. */
  readonly first: boolean;
  readonly className: string;
  /** All but the label is hidden from a screen reader. */
  readonly children: ReactNode;
};

export function ChoiceButton({ choice, said, first, className, children }: ChoiceButtonProps) {
  const { filter } = useView();
  const state = choiceState(filter, choice);
  if (choice.length === 0) {
    return (
      <div className={`relative ${className}`}>
        {children}
        <span className="unseen">{` ${said}`}</span>
      </div>
    );
  }
  const [only] = choice;
  return (
    <button
      type="button"
      data-choice=""
      {...(choice.length === 1 && only !== undefined ? { 'data-filter': valueFilterText(only) } : {})}
      tabIndex={first ? 0 : -1}
      aria-pressed={state === 'included'}
      title={choice.map(valueFilterText).join(' ')}
      onClick={(event) => edit(choice, event.altKey ? 'exclude' : 'include')}
      onKeyDown={(event) => editByKey(event, choice)}
      className={`focus-inside relative rounded-token text-left ${state === 'included' ? 'bg-tint-selected' : 'hover:bg-hover'} ${
        state === 'excluded' ? 'line-through opacity-70' : ''
      } ${className}`}
    >
      {children}
      <span className="unseen">{` ${said}${state === 'excluded' ? ', excluded' : ''}`}</span>
    </button>
  );
}

function edit(choice: Choice, how: 'include' | 'exclude'): void {
  navigate({ filter: toggleChoice(currentView().filter, choice, how) });
}

/** The page's own f and x know single values only; Alt with Enter does not press a button everywhere. */
function editByKey(event: KeyboardEvent<HTMLElement>, choice: Choice): void {
  const how = howOf(event, choice.length > 1);
  if (how === undefined) return;
  event.preventDefault();
  edit(choice, how);
}

function howOf(
  { key, altKey, ctrlKey, metaKey }: KeyboardEvent<HTMLElement>,
  severalValues: boolean,
): 'include' | 'exclude' | undefined {
  if (ctrlKey || metaKey) return undefined;
  if (altKey) return key === 'Enter' ? 'exclude' : undefined;
  if (!severalValues) return undefined;
  return key === 'f' ? 'include' : key === 'x' ? 'exclude' : undefined;
}
