// Counts over everything held, asked again and again at a calm pace while they are on screen.

import { useEffect, useState } from 'react';
import { useEngine } from '../panes/pane.ts';

/** Counts of filters, in their order; undefined before the first answer to these filters. `filters` empty: none asked. */
export function usePolledCounts(filters: readonly string[], everyMs: number): readonly number[] | undefined {
  const engine = useEngine();
  const key = JSON.stringify(filters);
  const [answer, setAnswer] = useState<
    { readonly key: string; readonly counts: readonly number[] } | undefined
  >();
  useEffect(() => {
    const asked: unknown = JSON.parse(key);
    const texts = Array.isArray(asked) ? asked.map(String) : [];
    if (texts.length === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = true;
    const poll = (): void => {
      void engine.ask({ kind: 'count', filters: texts }).then(({ counts }) => {
        if (!wanted) return;
        setAnswer({ key, counts });
        timer = setTimeout(poll, everyMs);
      });
    };
    poll();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [engine, key, everyMs]);
  return answer?.key === key ? answer.counts : undefined;
}
