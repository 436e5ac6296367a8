// Edits of the list of saved views. A name is trimmed and stands once; what cannot be done is said.

import { err, ok, type Result } from '@finderscope/base';
import { MAX_VIEW_NAME, MAX_VIEWS, type SavedView } from '../settings/index.ts';

type Views = readonly SavedView[];

/** A new view at the end. */
export function addView(views: Views, name: string, search: string): Result<Views, string> {
  if (views.length >= MAX_VIEWS) return err(`No more than ${MAX_VIEWS} views are kept. Delete one first.`);
  const checked = checkName(views, name);
  return checked.ok ? ok([...views, { name: checked.value, search }]) : checked;
}

/** `from` is called `name` from now on. */
export function renameView(views: Views, from: string, name: string): Result<Views, string> {
  const others = views.filter((view) => view.name !== from);
  const checked = checkName(others, name);
  if (!checked.ok) return checked;
  return ok(views.map((view) => (view.name === from ? { ...view, name: checked.value } : view)));
}

/** The view of this name shows something else from now on. */
export function updateView(views: Views, name: string, search: string): Views {
  return views.map((view) => (view.name === name ? { name, search } : view));
}

export function deleteView(views: Views, name: string): Views {
  return views.filter((view) => view.name !== name);
}

/** A name for a view that nobody has named: its filter, or a number. */
export function suggestName(views: Views, filter: string): string {
  const short = filter.trim().slice(0, MAX_VIEW_NAME).trim();
  if (short !== '' && checkName(views, short).ok) return short;
  for (let number = views.length + 1; ; number++) {
    if (checkName(views, `View ${number}`).ok) return `View ${number}`;
  }
}

function checkName(others: Views, name: string): Result<string, string> {
  const trimmed = name.trim();
  if (trimmed === '') return err('A view needs a name.');
  if (trimmed.length > MAX_VIEW_NAME) return err(`A name has up to ${MAX_VIEW_NAME} characters.`);
  if (others.some((view) => view.name === trimmed)) return err(`There is a view "${trimmed}" already.`);
  return ok(trimmed);
}
