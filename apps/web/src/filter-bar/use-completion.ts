// The completion of what is being typed: keys at once, values when typing rests, the latest question wins.

import { useEffect, useState } from 'react';
import { useEngine } from '../panes/pane.ts';
import { useNamespaces } from '../server/index.ts';
import { useView } from '../view-state/index.ts';
import { asksForNamespace, type Completion, completeAt } from './language.ts';
import { keyOptions, type Option, type Place, type SeenValue, valueOptions } from './completion.ts';

const REST_MS = 120;
const VALUES_ASKED = 10;

export type Offered = {
  readonly options: readonly Option[];
  /** Which part of the draft they stand for. */
  readonly place: Place;
  readonly typed: string;
};

/** `rest` is the filter beside the draft: values are counted in what it leaves. Off: nothing is asked. */
export function useCompletion(draft: string, caret: number, rest: string, on: boolean): Offered {
  const engine = useEngine();
  const at: Completion = completeAt(draft, caret);
  const field = on && at.context === 'value' ? at.field : undefined;
  const prefix = at.prefix;
  const { file, local } = useView();
  // What the server has seen says nothing of files.
  const isLive = file.length === 0 && local.length === 0;
  const wantsNamespaces = field !== undefined && asksForNamespace(field);
  const namespaces = useNamespaces(wantsNamespaces && isLive);
  const [seen, setSeen] = useState<{ readonly field: string; readonly values: readonly SeenValue[] }>(NONE);
  useEffect(() => {
    if (field === undefined) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void engine
        .ask({ kind: 'values', field, contains: prefix, filter: rest, limit: VALUES_ASKED })
        .then(({ values }) => {
          if (wanted) setSeen({ field, values });
        });
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [engine, field, prefix, rest]);
  const place = { from: at.from, to: at.to };
  if (!on) return { options: [], place, typed: prefix };
  if (at.context === 'key') return { options: keyOptions(at.keys), place, typed: prefix };
  const wanted = prefix.toLowerCase();
  // Until the new answer is there the old one is narrowed by what was typed since.
  const values =
    seen.field === at.field ? seen.values.filter((item) => item.value.toLowerCase().includes(wanted)) : [];
  const known = wantsNamespaces && isLive ? [...at.values, ...namespaces] : at.values;
  return { options: valueOptions(values, known, prefix), place, typed: prefix };
}

const NONE = { field: '', values: [] } as const;
