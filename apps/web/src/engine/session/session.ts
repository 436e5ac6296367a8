// What runs in the worker: takes messages of the page, keeps one intake, and answers.
//
//   bytes -> intake (synchronously, as they come)
//   change -> [wait for the page's ack and for the next frame] -> lists up to date, in slices -> answers -> page
//
// Questions are answered as soon as their lists are complete; subscriptions once per frame and only after the page has
// taken the answers before. A scan of all rows is cut into slices, so that reading the stream goes on meanwhile.
//
// After a change of the filter its rows go before everything else, and are told alone: what is counted beside them is
// counted while the page draws them. Bench: page.filter_1m.

import { whenExpressionsLoaded } from '@finderscope/flow-query';
import type { StoreLimits } from '@finderscope/flow-store';
import { newArrangementCache } from '../answers/arrange.ts';
import { readDetail } from '../answers/detail.ts';
import { storedPerS } from '../answers/status.ts';
import { readMessages } from '../answers/read-messages.ts';
import type { SubscriptionAnswer, ToWorker } from '../messages.ts';
import { packAnswer } from '../packed.ts';
import type { PaneQuery, SourceSpec } from '../protocol.ts';
import { answer, needsOf, paceOf } from './answer.ts';
import type { SessionEnv } from './env.ts';
import { Exports } from './exports.ts';
import { Intake } from './intake.ts';
import { type Need, rowsOf } from './need.ts';
import {
  awaitsRows,
  dueAfter,
  NEVER,
  newSubscribed,
  NOT_WHOLLY,
  pageCostMs,
  rowsFirst,
  type Subscribed,
} from './subscribed.ts';

const FRAME_MS = 16;
const IDLE_MS = 1;
const SLICE_MS = 8;
const SLICE_ROWS = 65_536;
const TICK_MS = 1000;
/** Code that could not be had is asked for again after this long. */
const RETRY_CODE_MS = 5000;

/** What is in a file does not come again: a million flows keep all of their bytes. */
const FILE_LIMITS: Partial<StoreLimits> = { maxRawBytes: 768 << 20 };

/** A question: answered once, when what it needs is up to date. */
type Task = { readonly needs: () => readonly Need[] | undefined; readonly run: () => void };

type Idle = { readonly id: number; readonly revision: number };

/** `late`: go on in the next slice. `waiting`: what a filter or an answer needs is still being fetched;
 * nothing to do until then. */
type Readiness = 'ready' | 'late' | 'waiting';

export class Session {
  readonly #env: SessionEnv;
  readonly #limits: Partial<StoreLimits>;
  #intake: Intake;
  /** The filter of the last `open`. */
  #filter = '';
  readonly #subscriptions = new Map<number, Subscribed>();
  /** Its rows are about to be asked for; undefined when they have been found. */
  #expected: string | undefined;
  #tasks: Task[] = [];
  #idles: Idle[] = [];
  /** Grows with every change of what answers are made from. */
  #revision = 0;
  #awaitsAck = false;
  #lastFlushMs = Number.NEGATIVE_INFINITY;
  #flushAtMs: number | undefined;
  #cancelFlush: (() => void) | undefined;
  #cancelTick: (() => void) | undefined;
  readonly #stopWaiting: () => void;
  readonly #stopLate: () => void;
  readonly #exports: Exports;

  constructor(env: SessionEnv, limits: Partial<StoreLimits> = {}) {
    this.#env = env;
    this.#limits = limits;
    this.#intake = new Intake(env, limits, undefined, () => this.#changed());
    this.#stopWaiting = whenExpressionsLoaded(() => this.#schedule(0));
    this.#stopLate = env.lateAnswers.subscribe(() => this.#lateAnswersChanged());
    this.#exports = new Exports(
      env,
      () => this.#intake.world(),
      (filter, run) => {
        this.#addTask(() => [rowsOf(filter)], run);
      },
    );
  }

  handle(message: ToWorker): void {
    switch (message.type) {
      case 'open':
        this.#open(message.source, message.filter);
        return;
      case 'expect':
        this.#expected = message.filter;
        this.#schedule(0);
        return;
      case 'retry':
        this.#intake.retry();
        return;
      case 'stop-reading':
        this.#intake.stopReading();
        return;
      case 'export':
        this.#exports.open(message.id, message.query);
        return;
      case 'export-next':
        this.#exports.next(message.id);
        return;
      case 'export-end':
        this.#exports.end(message.id);
        return;
      case 'subscribe':
        this.#subscribe(message.id, message.seq, message.query);
        return;
      case 'unsubscribe':
        this.#subscriptions.delete(message.id);
        this.#settleIdles();
        return;
      case 'ask':
        this.#ask(message.id, message.query);
        return;
      case 'flow':
        this.#addTask(
          () => [rowsOf('')],
          () =>
            this.#env.post({
              type: 'flow',
              id: message.id,
              detail: readDetail(this.#intake.world(), message.row),
            }),
        );
        return;
      case 'read':
        this.#env.post({ type: 'read', id: message.id, details: readMessages(message.messages) });
        return;
      case 'stats':
        this.#addTask(
          () => [rowsOf(this.#filter)],
          () => this.#postStats(message.id),
        );
        return;
      case 'idle':
        this.#idles.push({ id: message.id, revision: this.#revision });
        this.#schedule(0);
        return;
      case 'ack':
        this.#awaitsAck = false;
        this.#settleIdles();
        this.#schedule(this.#isAwaited() ? 0 : FRAME_MS);
    }
  }

  /** Stops everything; no message is sent afterwards. */
  close(): void {
    this.#intake.close();
    this.#cancelFlush?.();
    this.#cancelTick?.();
    this.#stopWaiting();
    this.#stopLate();
  }

  #open(source: SourceSpec, filter: string): void {
    this.#filter = filter;
    const { spec } = this.#intake;
    // What is held answers any filter: a new one needs no new source.
    if (spec === undefined || !isSameSource(spec, source)) {
      this.#intake.close();
      const { rowsKept } = source;
      const limits = {
        ...(source.kind === 'files' ? FILE_LIMITS : {}),
        ...this.#limits,
        ...(rowsKept === undefined ? {} : { maxRows: rowsKept }),
      };
      this.#intake = new Intake(this.#env, limits, source, () => this.#changed());
      this.#intake.start();
      this.#tick();
    }
    this.#intake.useFilter(filter);
    this.#changed();
  }

  #subscribe(id: number, seq: number, query: PaneQuery): void {
    const there = this.#subscriptions.get(id);
    if (there === undefined) {
      this.#subscriptions.set(id, newSubscribed(seq, query));
    } else {
      there.seq = seq;
      there.query = query;
      there.answered = NEVER;
    }
    this.#schedule(0);
  }

  #ask(id: number, query: PaneQuery): void {
    const run = (): void => {
      const { lateAnswers } = this.#env;
      const value = answer(this.#intake.world(), query, lateAnswers, newArrangementCache(), true);
      this.#env.post({ type: 'asked', id, answer: value });
    };
    this.#addTask(() => needsOf(this.#intake.world(), query, this.#env.lateAnswers), run);
  }

  #addTask(needs: () => readonly Need[] | undefined, run: () => void): void {
    this.#tasks.push({ needs, run });
    this.#schedule(0);
  }

  #postStats(id: number): void {
    const { store, lists, books } = this.#intake.world();
    const hidden = store.table.held - lists.get(this.#filter).count;
    this.#env.post({ type: 'stats', id, stats: books.stats(store.counts, hidden) });
  }

  #changed(): void {
    this.#revision++;
    this.#schedule(FRAME_MS);
  }

  #lateAnswersChanged(): void {
    const { lateAnswers, after } = this.#env;
    if (lateAnswers.state().kind === 'failed') after(RETRY_CODE_MS, lateAnswers.fetch);
    else this.#schedule(0);
  }

  /** Rates sink when nothing comes any more: subscriptions hear of it once a second. */
  #tick(): void {
    this.#cancelTick?.();
    this.#cancelTick = this.#env.after(TICK_MS, () => {
      this.#intake.tick();
      if (this.#intake.isSettling()) this.#changed();
      this.#tick();
    });
  }

  /** Plans a flush no later than `delayMs` from now, but not within a frame of the last one unless it is 0. */
  #schedule(delayMs: number): void {
    const now = this.#env.monotonicMs();
    const at = delayMs === 0 ? now : Math.max(now, this.#lastFlushMs + delayMs);
    if (this.#flushAtMs !== undefined && this.#flushAtMs <= at) return;
    this.#cancelFlush?.();
    this.#flushAtMs = at;
    this.#cancelFlush = this.#env.after(at - now, () => {
      this.#flushAtMs = undefined;
      this.#cancelFlush = undefined;
      this.#flush();
    });
  }

  #flush(): void {
    const started = this.#env.monotonicMs();
    this.#lastFlushMs = started;
    const deadline = started + SLICE_MS;
    if (this.#findAwaitedRows(deadline)) {
      this.#answerSubscriptions(deadline);
      if (this.#runTasks(deadline)) this.#schedule(0);
    } else {
      this.#schedule(0);
    }
    this.#settleIdles();
  }

  /** True when the rows that somebody has just asked to see are found, or wait for code. */
  #findAwaitedRows(deadline: number): boolean {
    if (this.#expected !== undefined) {
      if (this.#advance([rowsOf(this.#expected)], deadline) === 'late') return false;
      this.#expected = undefined;
    }
    for (const subscription of this.#subscriptions.values()) {
      if (!awaitsRows(subscription)) continue;
      const needs = needsOf(this.#intake.world(), subscription.query, this.#env.lateAnswers);
      if (this.#advance(needs, deadline) === 'late') return false;
    }
    return true;
  }

  /** Something has been asked that was not answered yet. */
  #isAwaited(): boolean {
    return [...this.#subscriptions.values()].some(({ answered }) => answered === NEVER);
  }

  /** True when one of them goes on in the next slice. */
  #runTasks(deadline: number): boolean {
    const tasks = this.#tasks;
    this.#tasks = [];
    let late = false;
    for (const task of tasks) {
      const readiness = this.#advance(task.needs(), deadline);
      if (readiness === 'ready') task.run();
      else this.#tasks.push(task);
      late ||= readiness === 'late';
    }
    return late;
  }

  #answerSubscriptions(deadline: number): void {
    const now = this.#env.monotonicMs();
    const isForced = this.#idles.length > 0;
    const isEmpty = this.#intake.store.table.held === 0;
    const flowsPerS = storedPerS(this.#intake.world());
    const answers: SubscriptionAnswer[] = [];
    let areRowsTold = false;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [id, subscription] of rowsFirst(this.#subscriptions)) {
      const { query, seq, answered } = subscription;
      if (answered === this.#revision) continue;
      // While the page has not taken the last answers, what it waits for is counted and told afterwards.
      if (this.#awaitsAck && answered !== NEVER) continue;
      if (areRowsTold && !awaitsRows(subscription)) {
        nextMs = now;
        break;
      }
      const dueMs = dueAfter(subscription.answeredMs, paceOf(query, subscription.costMs, flowsPerS));
      const isFirst = subscription.answeredEmpty && !isEmpty;
      if (answered !== NEVER && !isForced && !isFirst && now < dueMs) {
        nextMs = Math.min(nextMs, dueMs);
        continue;
      }
      const { lateAnswers } = this.#env;
      const readiness = this.#advance(needsOf(this.#intake.world(), query, lateAnswers), deadline);
      if (readiness === 'waiting') continue;
      if (readiness === 'late') {
        nextMs = now;
        continue;
      }
      if (this.#awaitsAck) continue;
      areRowsTold ||= awaitsRows(subscription);
      subscription.answered = this.#revision;
      subscription.answeredMs = now;
      subscription.answeredEmpty = isEmpty;
      const begun = this.#env.monotonicMs();
      const value = answer(this.#intake.world(), query, lateAnswers, subscription.cache, isForced);
      if (subscription.cache.isBehind) subscription.answered = NOT_WHOLLY;
      answers.push({ id, seq, answer: packAnswer(value) });
      subscription.costMs = Math.max(this.#env.monotonicMs() - begun, pageCostMs(value));
    }
    if (answers.length > 0) {
      this.#awaitsAck = true;
      this.#env.post({ type: 'answers', answers });
    }
    // While the page has not taken these, its ack will come back here; unfinished counts go on regardless.
    if (nextMs === now) this.#schedule(0);
    else if (nextMs < Number.POSITIVE_INFINITY && !this.#awaitsAck) this.#schedule(Math.max(1, nextMs - now));
  }

  /** Brings what is needed up to date until the deadline. */
  #advance(needs: readonly Need[] | undefined, deadline: number): Readiness {
    if (needs === undefined) return 'waiting';
    const { lists } = this.#intake;
    if (needs.some(({ filter }) => lists.isWaiting(filter))) return 'waiting';
    // A list is made from the list of all rows, so that one comes first.
    if (!this.#isDoneBy(deadline, () => lists.all.advanceRows(SLICE_ROWS))) return 'late';
    for (const { filter, prepare } of needs) {
      const list = lists.get(filter);
      prepare?.(list);
      const advance = (): boolean =>
        prepare === undefined ? list.advanceRows(SLICE_ROWS) : list.advance(SLICE_ROWS);
      if (!this.#isDoneBy(deadline, advance)) return 'late';
    }
    return 'ready';
  }

  /** Always does some, so that work gets done however late it is. */
  #isDoneBy(deadline: number, advance: () => boolean): boolean {
    while (!advance()) {
      if (this.#env.monotonicMs() > deadline) return false;
    }
    return true;
  }

  #settleIdles(): void {
    if (this.#idles.length === 0 || this.#awaitsAck || this.#tasks.length > 0) return;
    let answered = this.#revision;
    for (const subscription of this.#subscriptions.values())
      answered = Math.min(answered, subscription.answered);
    const open: Idle[] = [];
    for (const idle of this.#idles) {
      if (answered >= idle.revision) this.#env.post({ type: 'idle', id: idle.id });
      else open.push(idle);
    }
    this.#idles = open;
    // Not at once: what they wait for may be code that is being fetched.
    if (open.length > 0) this.#schedule(IDLE_MS);
  }
}

function isSameSource(a: SourceSpec, b: SourceSpec): boolean {
  if (a.kind === 'live') return b.kind === 'live' && a.baseUrl === b.baseUrl && a.last === b.last;
  return b.kind === 'files' && a.id === b.id;
}
