// What a pane is, and the two hooks through which it gets its data. A pane is one folder with an index.tsx that
// exports a PaneDef, and one row in registry.ts. Panes never hold flows, never call each other, and change the world
// only through `navigate` of view-state.
//
//   const answer = useAnswer({ kind: 'rows', ... });     // asks again when the query's content changes
//   const engine = useEngine();                           // for single questions: engine.ask, engine.flow
//
// The shell mounts, each inside an error boundary of its own, without props:
//   filter-bar/index.tsx     export function FilterBar     44 px and up, under the top bar
//   panes/<id>/index.tsx     the PaneDef's view            fills its part of the pane area
//   panes/timeline           the TimelineDef's view        100 px above rail and panes; see TimelineDef
//   panes/detail/index.tsx   export function FlowPanel     full height at the right, while view.detail and view.flow
//
// The shell's commands (shell/commands.ts) reach into them by attributes only:
//   data-shortcut-target="filter-bar" | "find"   gets focus on `/` and on mod+F
//   data-shortcut-target="list"                  gets it when the flow panel closes with the focus inside,
//                                                and from the page's first stop
//   data-filter="namespace:shop"                 on what can have focus (cell, facet, value): `f` adds this text to
//                                                the filter, `x` adds it with `not`
// Space, d, n, p, g, y, z, [, Esc and ? are the shell's; arrows, Home, End, Page keys and Enter belong to the pane in focus.

import { defined } from '@finderscope/base';
import type { LucideIcon } from 'lucide-react';
import { type ComponentType, createContext, use, useEffect, useState } from 'react';
import type { AnswerTo, Engine, PaneQuery, RowId, Subscription } from '../engine/protocol.ts';
import type { PaneId, TimeRange, ViewKey } from '../view-state/index.ts';

export type PaneDef = {
  readonly id: PaneId;
  /** Name on the toggle in the top bar and in messages about the pane. */
  readonly title: string;
  readonly icon: LucideIcon;
  /** Fields of the view that the pane reads or changes beside the filter. */
  readonly viewKeys: readonly ViewKey[];
  /** Share of the height beside other open panes, until a person moves the splitter; 50 when left out. */
  readonly share?: number;
  /** Draws head (34 px) and body; fills its place, and finds its own size. */
  readonly view: ComponentType;
};

/** The strip above rail and panes; registered as TIMELINE in registry.ts. */
export type TimelineDef = {
  readonly title: string;
  readonly viewKeys: readonly ViewKey[];
  /**
   * Fills the strip, 100 px high and as wide as what it stands above. Its left cell is `var(--side-width)` wide, as
   * the rail below it; on a phone that is 0px.
   */
  readonly view: ComponentType;
};

export const EngineContext = createContext<Engine | undefined>(undefined);

/** The page's engine; the shell provides it. */
export function useEngine(): Engine {
  return defined(use(EngineContext), 'EngineContext');
}

export type StepDrop = (backwards: boolean) => void;
export const StepDropContext = createContext<StepDrop | undefined>(undefined);

/** From the selected flow to the next or previous drop that the filter shows, as `n` and `p` do; steps queue up. */
export function useStepDrop(): StepDrop {
  return defined(use(StepDropContext), 'StepDropContext');
}

/**
 * Where the page stands in time. `upTo` is the newest row at the moment of the pause: what the rows query wants. It
 * is undefined while live, and also when the page was opened from a link to a paused view: then only the time that the
 * link carries (`view.pausedAtNs`, to be used as `untilNs`) is known.
 */
export type Moment = { readonly paused: boolean; readonly upTo: RowId | undefined };

export const MomentContext = createContext<Moment>({ paused: false, upTo: undefined });

export function useMoment(): Moment {
  return use(MomentContext);
}

/**
 * The time that the page looks at: the window in the address, ended by the pause. What goes into `sinceNs` and `untilNs`
 * of queries. While the window slides it changes once a second.
 */
export const TimeRangeContext = createContext<TimeRange>({ sinceNs: undefined, untilNs: undefined });

export function useTimeRange(): TimeRange {
  return use(TimeRangeContext);
}

/** How a pane stands among the others. `undefined` while it is the only one open. */
export type PaneFrame = { readonly full: boolean; readonly toggleFull: () => void };

export const PaneFrameContext = createContext<PaneFrame | undefined>(undefined);

/** For a button in the pane's head that lets it fill all; `FillButton` of fill-button.tsx is one. */
export function usePaneFrame(): PaneFrame | undefined {
  return use(PaneFrameContext);
}

/** Text of the filter in force: `view.filter` when it is valid, else the last one that was. */
export const FilterContext = createContext('');

/** What goes into the `filter` of a query. The filter bar alone looks at `view.filter`. */
export function useFilter(): string {
  return use(FilterContext);
}

/**
 * The latest answer to `query`, undefined until the first one comes. Equal queries (by content) keep the
 * subscription; a changed one updates it and keeps the old answer on screen until the new one is there.
 * `query` undefined: nothing is asked.
 */
export function useAnswer<Q extends PaneQuery>(query: Q | undefined): AnswerTo<Q> | undefined {
  return useAnswered(query).answer;
}

/** The same, with whether it answers `query` or the one before. */
export function useAnswered<Q extends PaneQuery>(query: Q | undefined): Answered<Q> {
  const engine = useEngine();
  const [latest, setLatest] = useState<Latest<Q> | undefined>(undefined);
  const [channel] = useState(() => createChannel<Q>(setLatest));
  const stable = useStable(query);
  useEffect(() => channel.ask(engine, stable), [channel, engine, stable]);
  useEffect(() => channel.close, [channel]);
  if (query === undefined) return { answer: undefined, isCurrent: false };
  return { answer: latest?.answer, isCurrent: latest !== undefined && latest.query === stable };
}

export type Answered<Q extends PaneQuery> = {
  readonly answer: AnswerTo<Q> | undefined;
  readonly isCurrent: boolean;
};

type Latest<Q extends PaneQuery> = { readonly answer: AnswerTo<Q>; readonly query: Q };

/** The first of the values that are equal by content. */
function useStable<Q extends PaneQuery>(query: Q | undefined): Q | undefined {
  const [held, setHeld] = useState(query);
  if (held === query || queryKey(held) === queryKey(query)) return held;
  setHeld(query);
  return query;
}

type Channel<Q extends PaneQuery> = {
  readonly ask: (engine: Engine, query: Q | undefined) => void;
  readonly close: () => void;
};

/** Keeps one subscription to one engine open across changes of the query. */
function createChannel<Q extends PaneQuery>(listener: (latest: Latest<Q>) => void): Channel<Q> {
  let open: { readonly engine: Engine; readonly subscription: Subscription<Q>; query: Q } | undefined;
  function close(): void {
    open?.subscription.close();
    open = undefined;
  }
  return {
    close,
    ask: (engine, query) => {
      if (query === undefined) return close();
      if (open?.engine === engine) {
        open.query = query;
        return open.subscription.update(query);
      }
      close();
      // What answers an older query is not delivered any more.
      const deliver = (answer: AnswerTo<Q>): void => {
        if (open !== undefined) listener({ answer, query: open.query });
      };
      open = { engine, subscription: engine.subscribe(query, deliver), query };
      return undefined;
    },
  };
}

function queryKey(query: PaneQuery | undefined): string {
  return query === undefined
    ? ''
    : JSON.stringify(query, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
