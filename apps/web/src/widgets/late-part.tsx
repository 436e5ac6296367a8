// Parts of the page that wait until the first rows are on screen. Not React's Suspense, which holds what comes after a
// stand-in back for a third of a second.

import { type ComponentType, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { firstRowsDrawn } from '../loading/first-rows.ts';
import { lateCode } from '../loading/late-code.ts';

/**
 * `load` is called when the part is drawn and the first rows are on screen. Until its code is here `place` keeps its
 * place. A failure is thrown for the nearest boundary; drawn again, it is fetched again.
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  place: (props: Props) => ReactNode,
): ComponentType<Props> {
  const late = lateCode(firstRowsDrawn, load);
  return function LatePart(props: Props) {
    const state = useSyncExternalStore(late.subscribe, late.state);
    // A failure from before this was drawn has been told; it is being tried again.
    const [before] = useState(late.state);
    useEffect(() => late.fetch(), []);
    if (state.kind === 'here') return <state.code {...props} />;
    if (state.kind === 'failed' && state !== before) throw state.error;
    return place(props);
  };
}
