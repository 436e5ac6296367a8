// What workloads of a lab do again and again: calls, lookups, and jobs that come and go.

import type { Pod, TrafficEndpoint } from '../datapath/endpoint.ts';
import { callHttp, type CallTarget, type HttpCall } from '../datapath/http-client.ts';
import { lookup } from '../datapath/lookup.ts';
import type { Network, Service } from '../datapath/network.ts';

export const SECOND_NS = 1e9;

/** When something happens. */
export type Rhythm = {
  readonly startNs: number;
  /** Between the end of one call and the start of the next, give or take a tenth. */
  readonly pauseNs: number;
  /** Ids of the stages in which it happens; every stage when undefined. */
  readonly stages?: readonly string[];
  /** Only during the first part of each period, counted from when the stage began. */
  readonly burst?: { readonly everyNs: number; readonly lengthNs: number };
};

/** The stage in force. */
export type StageNow = { readonly id: string; readonly sinceNs: number };

export type Habit = Rhythm &
  Pick<HttpCall, 'client' | 'target' | 'dns' | 'origin' | 'method' | 'path' | 'answer'> & {
    /** curl's by default. */
    readonly userAgent?: string;
    /** 5 s by default. */
    readonly connectTimeoutNs?: number;
  };

export type LookupHabit = Rhythm & {
  readonly client: TrafficEndpoint;
  readonly dns: Service;
  readonly name: string;
  readonly ips: readonly string[];
};

/** A pod that exists for a few calls, then for a while not at all. */
export type Job = {
  readonly everyNs: number;
  readonly startNs: number;
  readonly calls: number;
  readonly pauseNs: number;
  /** The pod of a run, counted from 0. */
  readonly pod: (run: number) => Pod;
  readonly target: CallTarget;
  readonly dns: Service;
  readonly origin: string;
};

const USER_AGENT = 'curl/7.88.1';
const CONNECT_TIMEOUT_NS = 5 * SECOND_NS;
/** How often something looks whether its time has come. */
const LOOK_NS = SECOND_NS / 4;

export function startHabit(network: Network, habit: Habit, stage: () => StageNow): void {
  const call: HttpCall = { userAgent: USER_AGENT, connectTimeoutNs: CONNECT_TIMEOUT_NS, ...habit };
  repeat(network, habit, stage, (again) => {
    callHttp(network, call, again);
  });
}

export function startLookups(network: Network, habit: LookupHabit, stage: () => StageNow): void {
  const { client, dns, name, ips } = habit;
  repeat(network, habit, stage, (again) => {
    lookup(network, { client, dns, name, ips, ttl: 30 }, again);
  });
}

/** Does something, waits, does it again, for ever; `again` is called at the end of each. */
function repeat(
  network: Network,
  { startNs, pauseNs, stages, burst }: Rhythm,
  stage: () => StageNow,
  act: (again: () => void) => void,
): void {
  const { timeline, random } = network;
  const isTime = (): boolean => {
    const { id, sinceNs } = stage();
    return (
      (stages?.includes(id) ?? true) &&
      (burst === undefined || (timeline.nowNs - sinceNs) % burst.everyNs < burst.lengthNs)
    );
  };
  const look = (): void => {
    if (isTime()) {
      act(() => {
        timeline.after(pauseNs * (0.9 + 0.2 * random.fraction()), look);
      });
    } else {
      timeline.after(LOOK_NS, look);
    }
  };
  timeline.after(startNs, look);
}

export function startJob(network: Network, job: Job): void {
  const { timeline } = network;
  let run = 0;
  const begin = (): void => {
    const client = job.pod(run++);
    let left = job.calls;
    const call: HttpCall = {
      client,
      target: job.target,
      dns: job.dns,
      origin: job.origin,
      method: 'GET',
      path: '/',
      userAgent: USER_AGENT,
      answer: { code: 200, latencyNs: 3e6 },
      connectTimeoutNs: CONNECT_TIMEOUT_NS,
    };
    const next = (): void => {
      if (left-- <= 0) return;
      callHttp(network, call, () => {
        timeline.after(job.pauseNs, next);
      });
    };
    next();
    timeline.after(job.everyNs, begin);
  };
  timeline.after(job.startNs, begin);
}
