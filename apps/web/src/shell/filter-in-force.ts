// The filter in force: the one in the address when it is valid, else the last one that was. A link may hold a filter
// that this build cannot read; the filter bar then says what is wrong while the page goes on without it.

import { compileFilterText, expressionsLoaded, whenExpressionsLoaded } from '@finderscope/flow-query';
import { useMemo, useState, useSyncExternalStore } from 'react';

export function useFilterInForce(text: string): string {
  // Regular expressions come after the page; what had to wait for them is judged again.
  const expressions = useSyncExternalStore(whenExpressionsLoaded, expressionsLoaded);
  const valid = useMemo(
    () => text.trim() === '' || (compileFilterText(text).ok && expressions !== undefined),
    [text, expressions],
  );
  const [lastValid, setLastValid] = useState('');
  if (valid && text !== lastValid) setLastValid(text);
  return valid ? text : lastValid;
}
