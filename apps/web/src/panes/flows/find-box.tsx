// Find in all rows held, not only those drawn. The text is in the address; which hit the reader is at is not.

import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { memo, useEffect, useMemo, useState } from 'react';
import type { RowId, SeekAnswer } from '../../engine/protocol.ts';
import { navigate } from '../../view-state/index.ts';
import { formatExact, IconButton, Kbd } from '../../widgets/index.ts';
import { useEngine, useMoment } from '../pane.ts';

/** Typing rests this long before a million rows are searched. */
const TYPING_REST_MS = 200;

export type FindBoxProps = {
  readonly filter: string;
  readonly text: string;
  /** Where searching starts: the row in focus. */
  readonly from: RowId | undefined;
  readonly onFound: (row: RowId) => void;
};

export const FindBox = memo(function FindBox({ filter, text, from, onFound }: FindBoxProps) {
  const engine = useEngine();
  const [asked, setAsked] = useState<{ readonly key: string; readonly hit: SeekAnswer } | undefined>(
    undefined,
  );
  const { upTo } = useMoment();
  const window = useMemo(() => ({ upTo }), [upTo]);
  const key = JSON.stringify([filter, text, upTo]);
  const hit = asked?.key === key ? asked.hit : undefined;

  useEffect(() => {
    if (text === '') return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void engine
        .ask({ kind: 'seek', filter, from: undefined, backwards: true, want: { text }, window })
        .then((answer) => {
          // How many there are; the reader is at none of them yet.
          if (wanted) setAsked({ key, hit: { ...answer, row: undefined } });
        });
    }, TYPING_REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [engine, filter, text, window, key]);

  function seek(backwards: boolean): void {
    if (text === '') return;
    void engine
      .ask({ kind: 'seek', filter, from: hit?.row ?? from, backwards, want: { text }, window })
      .then((answer) => {
        setAsked({ key, hit: answer });
        if (answer.row !== undefined) onFound(answer.row);
      });
  }

  return (
    <div role="search" className="flex min-w-0 items-center">
      <label className="flex h-7 min-w-0 items-center gap-1.5 rounded-button border border-transparent px-2 text-cell text-text2 focus-within:border-line2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent max-tablet:min-h-11">
        <Search size={14} aria-hidden className="shrink-0" />
        <input
          type="text"
          role="searchbox"
          data-shortcut-target="find"
          aria-label="Find in the rows held"
          placeholder="Find"
          value={text}
          onChange={(event) => navigate({ find: event.target.value }, { replace: true })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') seek(event.shiftKey);
            if (event.key === 'Escape') {
              event.stopPropagation();
              navigate({ find: '' }, { replace: true });
              event.currentTarget.blur();
            }
          }}
          className={`min-w-0 bg-transparent font-medium placeholder:text-text2 focus-visible:outline-none ${
            text === '' ? 'w-7 focus:w-32' : 'w-32'
          }`}
        />
        {text === '' && (
          <span aria-hidden="true" className="@max-3xl:hidden">
            <Kbd>{navigator.userAgent.includes('Mac') ? '⌘F' : 'Ctrl F'}</Kbd>
          </span>
        )}
      </label>
      {text !== '' && (
        <>
          <output className="px-1 text-note whitespace-nowrap text-text3">{hitText(hit)}</output>
          <IconButton label="Previous hit" shortcut="Shift Enter" small onClick={() => seek(true)}>
            <ChevronUp size={14} aria-hidden />
          </IconButton>
          <IconButton label="Next hit" shortcut="Enter" small onClick={() => seek(false)}>
            <ChevronDown size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
});

function hitText(hit: SeekAnswer | undefined): string {
  if (hit === undefined) return '…';
  if (hit.count === 0) return 'not found';
  return hit.row === undefined
    ? `${formatExact(hit.count)} found`
    : `${formatExact(hit.index)} of ${formatExact(hit.count)}`;
}
