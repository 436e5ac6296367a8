// How one view differs from another, in a few words: `1 filter added, columns`.

import { queryTokens } from '@finderscope/flow-query';
import {
  DEFAULT_VIEW,
  fieldTitle,
  formatView,
  VIEW_KEYS,
  type ViewKey,
  type ViewState,
} from '../view-state/index.ts';
import { MOMENT } from './saved-view.ts';

/** '' when nothing that is saved differs. */
export function changesText(saved: ViewState, now: ViewState): string {
  const before = { ...saved, ...MOMENT };
  const after = { ...now, ...MOMENT };
  const words = VIEW_KEYS.filter(
    (key) => key !== 'filter' && fieldText(before, key) !== fieldText(after, key),
  ).map((key) => fieldTitle(key).replace(/^the /, ''));
  return [...filterChanges(saved.filter, now.filter), ...words].join(', ');
}

/** `3 filters, panes`: what makes a view of its own out of the page as it is first opened. */
export function contentText(view: ViewState): string {
  const tokens = queryTokens(view.filter).length;
  const filters = tokens === 0 ? [] : [`${tokens} filter${tokens === 1 ? '' : 's'}`];
  const others = changesText({ ...DEFAULT_VIEW, filter: view.filter }, view);
  return [...filters, ...(others === '' ? [] : [others])].join(', ') || 'no filter';
}

/** One field as the address writes it. */
function fieldText<K extends ViewKey>(view: ViewState, key: K): string {
  return formatView({ ...DEFAULT_VIEW, [key]: view[key] });
}

function filterChanges(saved: string, now: string): readonly string[] {
  if (saved === now) return [];
  const before = queryTokens(saved).map(({ text }) => text);
  const after = queryTokens(now).map(({ text }) => text);
  const added = after.filter((text) => !before.includes(text)).length;
  const removed = before.filter((text) => !after.includes(text)).length;
  if (added > 0 && removed > 0) return ['filters changed'];
  if (added > 0) return [`${added} filter${added === 1 ? '' : 's'} added`];
  if (removed > 0) return [`${removed} filter${removed === 1 ? '' : 's'} removed`];
  return [];
}
