// Adds a value to the filter in the address, or takes it out of view. Never replaces what was there.

import { currentView, navigate } from '../view-state/index.ts';
import type { ValueFilter } from './value-filter.ts';
import { withoutValue, withValue } from './with-value.ts';

/** Shows only flows with this value, beside what the filter asks for already. */
export function includeFilter(filter: ValueFilter): void {
  navigate({ filter: withValue(currentView().filter, filter) });
}

/** Hides flows with this value. */
export function excludeFilter(filter: ValueFilter): void {
  navigate({ filter: withoutValue(currentView().filter, filter) });
}
