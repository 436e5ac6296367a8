// The filter bar. The filter is in the address; here is only what has not been entered yet.

import { expressionsLoaded, whenExpressionsLoaded } from '@finderscope/flow-query';
import { Captions, ListFilter } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { trackFetch } from '../loading/fetches.ts';
import { prefetchLater } from '../loading/prefetch.ts';
import { useFilter } from '../panes/pane.ts';
import { navigate, useView } from '../view-state/index.ts';
import { Button, IconButton, useWidth, VerdictGlyph } from '../widgets/index.ts';
import type { BarToken, PlacedProblem } from './bar-token.ts';
import { BarEnd } from './bar-end.tsx';
import { comboAction, type TokenAction } from './combo-keys.ts';
import { applyOption, type Option, stepMark } from './completion.ts';
import { CompletionPopup } from './completion-popup.tsx';
import { optionId } from './completion-list.tsx';
import { compose, editAll, editToken, emptyDraft, isAppending, restOf } from './draft.ts';
import { DraftInput } from './draft-input.tsx';
import { HiddenBadge } from './hidden-badge.tsx';
import { checkFilter, looksLikeCommand, negate, readBar } from './language.ts';
import { barMessage } from './bar-message.ts';
import type { ReadCommand, UnknownFlag } from './read-command.ts';
import { TokenChip } from './token-chip.tsx';
import { useCompletion } from './use-completion.ts';
import { useDraft } from './use-draft.ts';
import { useFolded } from './use-folded.ts';
import { useRested } from './use-rested.ts';

const PROBLEM_REST_MS = 700;

const fetchReadCommand = () => trackFetch(import('./read-command.ts'));
prefetchLater(fetchReadCommand);

export function FilterBar() {
  const { filter } = useView();
  const inForce = useFilter();
  const bar = readBar(filter);
  const { tokens } = bar;
  const { draft, setDraft, reset } = useDraft(filter, tokens);
  const [caret, setCaret] = useState(0);
  const [focused, setFocused] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const [mark, setMark] = useState(-1);
  const [insisted, setInsisted] = useState(false);
  const [pasted, setPasted] = useState<ReadCommand | undefined>(undefined);
  const loaded = useSyncExternalStore(whenExpressionsLoaded, expressionsLoaded);
  /** What was entered before all that reads it was here: a command, or a filter with an expression. */
  const awaited = useRef<string | undefined>(undefined);
  const box = useRef<HTMLDivElement | null>(null);
  const input = useRef<HTMLInputElement | null>(null);
  const [measure, widthPx] = useWidth();
  const listId = useId();
  const messageId = useId();

  const offered = useCompletion(draft.text, caret, restOf(filter, tokens, draft), focused && listOpen);
  const showList = focused && listOpen && offered.options.length > 0;
  const marked = showList ? offered.options[mark] : undefined;
  const rested = useRested(draft.text, PROBLEM_REST_MS);
  const problems = draftProblems(filter, tokens, draft);
  const shown = problems.length > 0 && (insisted || (rested && !showList)) ? problems : [];
  const message = barMessage({ draft: shown, standing: bar.problems, pasted: pastedNotes(pasted), inForce });
  useEffect(() => {
    if (loaded && awaited.current === draft.text && !looksLikeCommand(draft.text)) enter(draft.text, false);
  });
  const cut = useFolded(box, `${filter}|${String(draft.from)}`, widthPx, !focused);

  function type(text: string, at: number): void {
    awaited.current = undefined;
    setDraft({ ...draft, text });
    setCaret(at);
    setListOpen(true);
    setMark(-1);
    setPasted(undefined);
    if (text === '') setInsisted(false);
  }
  function caretTo(at: number): void {
    setCaret(at);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  }
  function complete(option: Option): void {
    const applied = applyOption(draft.text, offered.place, option);
    setDraft({ ...draft, text: applied.text });
    setMark(-1);
    caretTo(applied.caret);
  }
  function enter(text: string, not: boolean): void {
    if (looksLikeCommand(text)) {
      takeCommand(text);
      return;
    }
    if (text.trim() === '' && isAppending(draft, tokens)) return;
    const entered = { ...draft, text: not && text.trim() !== '' ? negate(text) : text };
    const found = draftProblems(filter, tokens, entered);
    setListOpen(false);
    if (found.length > 0) {
      awaited.current = loaded ? undefined : entered.text;
      setDraft(entered);
      setInsisted(true);
      return;
    }
    setInsisted(false);
    // What is entered late was pasted with what is said of it.
    if (awaited.current === undefined) setPasted(undefined);
    awaited.current = undefined;
    reset();
    navigate({ filter: compose(filter, tokens, entered).text });
  }
  function pick(option: Option, not: boolean): void {
    if (option.kind === 'key') {
      complete(option);
      return;
    }
    enter(applyOption(draft.text, offered.place, option).text, not);
  }
  /** It stands in the bar until what reads it is here. When that cannot be had it stays, and Enter tries again. */
  function takeCommand(text: string): void {
    setDraft({ ...emptyDraft(tokens), text });
    setListOpen(false);
    awaited.current = text;
    fetchReadCommand().then(
      ({ readCommand }) => {
        if (awaited.current !== text) return;
        const read = readCommand(text, Date.now());
        awaited.current = read.draft === '' || expressionsLoaded() ? undefined : read.draft;
        setDraft({ ...emptyDraft(tokens), text: read.draft });
        setPasted(read);
        setInsisted(read.draft !== '');
        // A command of which nothing can be read takes nothing away either.
        const says = read.filter !== '' || (read.draft === '' && read.unknown.length === 0);
        if (says || read.window !== undefined) {
          navigate({
            ...(says ? { filter: read.filter } : {}),
            ...(read.window === undefined ? {} : { window: read.window }),
          });
        }
      },
      () => setInsisted(true),
    );
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const { selectionStart, selectionEnd } = event.currentTarget;
    const action = comboAction(
      { key: event.key, alt: event.altKey, command: event.ctrlKey || event.metaKey, shift: event.shiftKey },
      {
        open: showList,
        marked: marked !== undefined,
        draftEmpty: draft.text === '',
        caretAtStart: selectionStart === 0 && selectionEnd === 0,
      },
    );
    if (action === undefined || event.nativeEvent.isComposing) return;
    if (action.do === 'to-token' && draft.from === 0) return;
    event.preventDefault();
    event.stopPropagation();
    switch (action.do) {
      case 'mark':
        setMark(stepMark(mark, action.by, offered.options.length));
        return;
      case 'open':
        setListOpen(true);
        setMark(0);
        return;
      case 'close':
        setListOpen(false);
        return;
      case 'complete':
        if (marked !== undefined) complete(marked);
        return;
      case 'enter':
        if (marked === undefined) enter(draft.text, action.not);
        else pick(marked, action.not);
        return;
      case 'cancel':
        awaited.current = undefined;
        reset();
        setInsisted(false);
        setPasted(undefined);
        if (draft.text === '' && isAppending(draft, tokens)) input.current?.blur();
        return;
      case 'remove-last': {
        const last = tokens[draft.from - 1];
        if (last !== undefined) navigate({ filter: last.without });
        else if (!isAppending(draft, tokens)) enter('', false);
        return;
      }
      case 'to-token':
        focusToken(box.current, draft.from - 1);
    }
  }
  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    const text = event.clipboardData.getData('text/plain');
    if (!looksLikeCommand(text)) return;
    event.preventDefault();
    takeCommand(text);
  }
  function onTokenAction(token: BarToken, index: number, action: TokenAction): void {
    switch (action) {
      case 'left':
        focusToken(box.current, index - 1);
        return;
      case 'right':
        if (!focusToken(box.current, index + 1)) input.current?.focus();
        return;
      case 'input':
        input.current?.focus();
        return;
      case 'remove':
        navigate({ filter: token.without });
        input.current?.focus();
        return;
      case 'negate':
        navigate({
          filter: compose(filter, tokens, { from: index, to: index + 1, text: negate(token.text) }).text,
        });
        return;
      case 'edit': {
        const next = editToken(filter, tokens, index);
        awaited.current = undefined;
        setPasted(undefined);
        setDraft(next);
        input.current?.focus();
        caretTo(next.text.length);
      }
    }
  }
  function editAsText(): void {
    const next = editAll(filter, tokens);
    awaited.current = undefined;
    setPasted(undefined);
    setDraft(next);
    input.current?.focus();
    caretTo(next.text.length);
  }

  const chips = tokens.map((token, index) => (
    <TokenChip
      key={`${String(token.from)}-${token.text}`}
      token={token}
      onAction={(action) => onTokenAction(token, index, action)}
      onRemove={(without) => navigate({ filter: without })}
    />
  ));
  const visible = cut === undefined ? chips.length : cut;
  return (
    <search aria-label="Filter" className="flex shrink-0 flex-col border-b border-line bg-base px-3 py-1.5">
      <div className="flex items-start gap-2">
        <div
          ref={measure}
          className={`@container flex min-h-8 min-w-0 flex-1 items-start rounded-card border px-1 py-0.75 ${
            message.kind === 'error' ? 'border-error' : 'border-ctl'
          } focus-within:border-accent focus-within:outline-1 focus-within:outline-accent`}
        >
          <IconButton label="Edit the filter as text" small onClick={editAsText}>
            {isAppending(draft, tokens) ? (
              <ListFilter size={15} aria-hidden />
            ) : (
              <Captions size={15} aria-hidden />
            )}
          </IconButton>
          <div
            ref={box}
            className="relative flex min-w-0 flex-1 flex-wrap items-center gap-1 pl-1 max-tablet:[scrollbar-width:none] max-h-[45vh] overflow-y-auto max-tablet:flex-nowrap max-tablet:overflow-x-auto"
            onDoubleClick={editAsText}
          >
            {chips.slice(0, Math.min(draft.from, visible))}
            {pastedChips(pasted?.unknown ?? [])}
            {cut !== undefined && (
              <Button small onClick={() => input.current?.focus()}>
                {chips.length - cut} more
              </Button>
            )}
            <DraftInput
              input={input}
              text={draft.text}
              last={draft.to === tokens.length}
              placeholder={filter === '' ? 'Add a filter, or paste a hubble observe command' : 'Add a filter'}
              problems={shown}
              listId={listId}
              listOpen={showList}
              activeOption={showList && mark >= 0 ? optionId(listId, mark) : undefined}
              messageId={messageId}
              onChange={type}
              onCaret={setCaret}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onFocus={() => {
                setFocused(true);
                setListOpen(true);
              }}
              onBlur={() => {
                setFocused(false);
                if (draft.text.trim() !== '') setInsisted(true);
              }}
            />
            {chips.slice(draft.to, Math.max(draft.to, visible))}
            <BarEnd
              filter={inForce}
              empty={filter === '' && draft.text === ''}
              onClear={() => {
                awaited.current = undefined;
                reset();
                setInsisted(false);
                setPasted(undefined);
                navigate({ filter: '' });
              }}
            />
          </div>
        </div>
        <HiddenBadge filter={inForce} exclusions={bar.exclusions} withoutAll={bar.withoutAll} />
      </div>
      <p id={messageId} role="status" aria-live="polite" className="text-note text-text2 empty:hidden">
        {message.text !== '' && (
          <span className="flex items-start gap-2 pt-1 pl-1.5">
            {message.kind === 'error' && <VerdictGlyph kind="error" className="mt-0.75" />}
            <span className="min-w-0">{message.text}</span>
          </span>
        )}
      </p>
      {showList && (
        <CompletionPopup
          anchor={input}
          id={listId}
          options={offered.options}
          mark={mark}
          typed={offered.typed}
          onMark={setMark}
          onPick={pick}
        />
      )}
    </search>
  );
}

/** Flags of a pasted command that are none: named until something else is typed. */
function pastedChips(unknown: readonly UnknownFlag[]) {
  return unknown.map(({ flag, message }) => (
    <span
      key={flag}
      title={message}
      className="inline-flex h-6 items-center rounded-token border border-error px-1.5 text-cell text-error"
    >
      {flag}
    </span>
  ));
}

function pastedNotes(pasted: ReadCommand | undefined): readonly string[] {
  return pasted === undefined ? [] : [...pasted.unknown.map(({ message }) => message), ...pasted.notes];
}

/** Problems that the draft brings in, at their places in it. Those that stood in the filter before are not its own. */
function draftProblems(
  filter: string,
  tokens: readonly BarToken[],
  draft: { readonly from: number; readonly to: number; readonly text: string },
): readonly PlacedProblem[] {
  if (draft.text.trim() === '' || looksLikeCommand(draft.text)) return [];
  const { text, draftAt } = compose(filter, tokens, draft);
  const end = draftAt + draft.text.length;
  return checkFilter(text)
    .filter((problem) => problem.to >= draftAt && problem.from <= end)
    .map((problem) => ({ ...problem, from: problem.from - draftAt, to: problem.to - draftAt }));
}

/** False when there is no such token. */
function focusToken(box: Element | null, index: number): boolean {
  const token = [...(box?.querySelectorAll('[data-token]') ?? [])][index];
  const button = token?.querySelector<HTMLElement>('[data-token-edit]');
  button?.focus();
  return button !== null && button !== undefined;
}
