// Who talks to whom, asked of the engine and settled to four answers a second.

import { useEffect, useMemo, useState } from 'react';
import type { EdgesAnswer, EdgesQuery, Engine, Subscription } from '../../../engine/protocol.ts';
import { useEngine, useMoment, useTimeRange } from '../../pane.ts';
import { createSettler } from '../../settle.ts';
import type { MapGraph, MapScope } from '../model/graph.ts';
import { EMPTY_GRAPH } from '../model/graph.ts';
import { graphFromAnswer } from '../model/from-answer.ts';
import { useHeld } from './use-held.ts';

/** Rates are those of the last minute, unless the page looks at a time of its own. */
const SPAN_S = 60;
/** The minute moves on in steps: every step is a new question. */
const STEP_S = 5n;
const NS_PER_S = 1_000_000_000n;
/** Far more than can be drawn; the rest is counted. */
const MAX_LINKS = 12_000;

export type Edges = {
  /** undefined before the first answer. */
  readonly graph: MapGraph | undefined;
  readonly folded: EdgesAnswer['folded'];
  readonly sockets: number;
  /** The view stands still: paused, or a window that somebody has chosen. */
  readonly still: boolean;
  readonly spanS: number;
};

const NOTHING_FOLDED = { edges: 0, nodes: 0, flows: 0 };

export function useEdges(scope: MapScope, filter: string): Edges {
  const range = useTimeRange();
  const moment = useMoment();
  const newestNs = useNewestStep();
  const chosen = range.sinceNs !== undefined;
  const endNs = range.untilNs ?? newestNs;
  const sinceNs = range.sinceNs ?? (endNs === undefined ? undefined : endNs - BigInt(SPAN_S) * NS_PER_S);
  const query: EdgesQuery = {
    kind: 'edges',
    filter,
    scope,
    limit: MAX_LINKS,
    window: { sinceNs, untilNs: range.untilNs, upTo: moment.upTo },
  };
  const answer = useSettledAnswer(endNs === undefined ? undefined : query);
  const still = moment.paused || chosen;
  const untilNs = range.untilNs;
  return useMemo(() => {
    if (answer === undefined)
      return { graph: undefined, folded: NOTHING_FOLDED, sockets: 0, still, spanS: SPAN_S };
    const spanS = spanOf(answer, sinceNs, untilNs);
    // The newest flow that matches may be older than the newest of all, which is what time has come to.
    const nowNs = still ? undefined : later(newestNs, answer.spanNs?.[1]);
    const graph = answer.edges.length === 0 ? EMPTY_GRAPH : graphFromAnswer(answer, scope, spanS, nowNs);
    return { graph, folded: answer.folded, sockets: answer.sockets, still, spanS };
  }, [answer, scope, still, sinceNs, untilNs, newestNs]);
}

function later(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** Seconds that the counts cover: as asked, but no more than there is. */
function spanOf(answer: EdgesAnswer, sinceNs: bigint | undefined, untilNs: bigint | undefined): number {
  const [first, last] = answer.spanNs ?? [undefined, undefined];
  if (first === undefined || last === undefined) return SPAN_S;
  const from = sinceNs === undefined || sinceNs < first ? first : sinceNs;
  const to = untilNs ?? last;
  return Math.max(1, Number(to - from) / Number(NS_PER_S));
}

/** Time of the newest flow, rounded down to a step; undefined before the first flow. */
function useNewestStep(): bigint | undefined {
  const engine = useEngine();
  const [step, setStep] = useState<bigint | undefined>(undefined);
  useEffect(() => {
    const subscription = engine.subscribe({ kind: 'status', filter: '' }, ({ newestNs }) => {
      setStep(newestNs === undefined ? undefined : (newestNs / NS_PER_S / STEP_S) * STEP_S * NS_PER_S);
    });
    return () => subscription.close();
  }, [engine]);
  return step;
}

/** The latest answer, at the pace of numbers. */
function useSettledAnswer(query: EdgesQuery | undefined): EdgesAnswer | undefined {
  const engine = useEngine();
  const [answer, setAnswer] = useState<EdgesAnswer | undefined>(undefined);
  const [settler] = useState(() => createSettler(setAnswer));
  const [channel] = useState(() => createChannel(settler.offer));
  const stable = useHeld(query, query === undefined ? '' : keyOf(query));
  useEffect(() => channel.ask(engine, stable), [channel, engine, stable]);
  useEffect(
    () => () => {
      channel.close();
      settler.close();
    },
    [channel, settler],
  );
  return answer;
}

/** Keeps one subscription to one engine open across changes of the query. */
function createChannel(listener: (answer: EdgesAnswer) => void) {
  let open: { readonly engine: Engine; readonly subscription: Subscription<EdgesQuery> } | undefined;
  function close(): void {
    open?.subscription.close();
    open = undefined;
  }
  return {
    close,
    ask: (engine: Engine, query: EdgesQuery | undefined): void => {
      if (query === undefined) return;
      if (open?.engine === engine) open.subscription.update(query);
      else {
        close();
        open = { engine, subscription: engine.subscribe(query, listener) };
      }
    },
  };
}

function keyOf(query: EdgesQuery): string {
  return JSON.stringify(query, (_, value: unknown) =>
    typeof value === 'bigint' ? `${String(value)}n` : value,
  );
}
