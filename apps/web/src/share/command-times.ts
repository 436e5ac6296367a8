// The time that a view looks at, as options of `hubble observe`.

import { formatInstant, type TimeRange, type ViewState } from '../view-state/index.ts';

/** RFC 3339 for --since and --until; a window that slides is a span, and what goes on is followed. */
export function commandTimes(
  view: Pick<ViewState, 'pausedAtNs' | 'window'>,
  range: TimeRange,
): { readonly since?: string; readonly until?: string; readonly follow?: true } {
  const { window, pausedAtNs } = view;
  if (pausedAtNs === undefined && window?.kind === 'last') {
    return { since: `${String(window.spanMs / 1000)}s`, follow: true };
  }
  const since = range.sinceNs === undefined ? {} : { since: formatInstant(range.sinceNs) };
  return range.untilNs === undefined
    ? { ...since, follow: true }
    : { ...since, until: formatInstant(range.untilNs) };
}
