import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { AgentEventType, GetAgentEventsResponseSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { agentTold } from '../sources/agent-told.ts';
import type { AgentTold } from '../sources/source.ts';
import { AgentLog } from './agent-log.ts';

const S = 1_000_000_000n;

type Init = NonNullable<MessageInitShape<typeof GetAgentEventsResponseSchema>['agentEvent']>;

function told(seconds: number | undefined, nodeName: string, agentEvent: Init): AgentTold {
  const event = agentTold(
    create(GetAgentEventsResponseSchema, {
      nodeName,
      agentEvent,
      ...(seconds === undefined ? {} : { time: { seconds: BigInt(seconds), nanos: 0 } }),
    }),
  );
  if (event === undefined) throw new Error('nothing was told');
  return event;
}

function policy(name: string, revision: number): Init {
  return {
    type: AgentEventType.POLICY_UPDATED,
    notification: {
      case: 'policyUpdate',
      value: {
        labels: [`k8s:io.cilium.k8s.policy.name=${name}`],
        revision: BigInt(revision),
        ruleCount: 1n,
      },
    },
  };
}

function address(last: number): Init {
  return {
    type: AgentEventType.IPCACHE_UPSERTED,
    notification: { case: 'ipcacheUpdate', value: { cidr: `10.0.0.${last}/32` } },
  };
}

function marksOf(log: AgentLog, sinceNs?: bigint, untilNs?: bigint): readonly string[] {
  return log
    .marks(sinceNs, untilNs, 10n * S)
    .marks.map(
      ({ fromNs, atNs, count, said, more }) =>
        `${fromNs / S}+${(atNs - fromNs) / S} ${count}: ${said.map(({ subjects, count: times, nodes }) => `${subjects.join()} x${times} ${nodes.join('+')}`).join('; ')}${more > 0 ? `; ${more} more` : ''}`,
    );
}

describe('the log of what agents tell', () => {
  it('makes a mark of each bucket, in order of time; the same words of two nodes stand once', () => {
    const log = new AgentLog();
    log.add(told(107, 'b', policy('rule1', 2)));
    log.add(told(103, 'a', policy('rule1', 2)));
    log.add(told(101, 'a', address(7)));
    log.add(told(95, 'a', policy('rule0', 1)));
    expect(marksOf(log)).toEqual(['90+5 1: rule0 x1 a', '100+1 3: rule1 x2 a+b; 10.0.0.7/32 x1 a']);
    expect(marksOf(log, 100n * S, 105n * S)).toEqual(['100+1 2: rule1 x1 a; 10.0.0.7/32 x1 a']);
    expect(log.span()).toEqual({ oldestNs: 95n * S, newestNs: 107n * S });
  });

  it('counts what one mark has no room for, what matters most first', () => {
    const log = new AgentLog();
    for (let i = 0; i < 9; i++) log.add(told(100, 'a', address(i)));
    log.add(told(109, 'a', policy('rule1', 2)));
    expect(marksOf(log)).toEqual([
      `100+0 10: rule1 x1 a; ${[0, 1, 2, 3, 4].map((i) => `10.0.0.${i}/32 x1 a`).join('; ')}; 4 more`,
    ]);
  });

  it('counts what no mark can show', () => {
    const log = new AgentLog(4);
    log.add(told(undefined, 'a', address(1)));
    expect(agentTold(create(GetAgentEventsResponseSchema, { nodeName: 'a' }))).toBeUndefined();
    log.addUnread(2);
    for (let i = 6; i > 0; i--) log.add(told(100 + i, 'a', address(i)));
    expect(log.marks(undefined, undefined, S)).toMatchObject({ withoutTime: 1, unread: 2, forgotten: 2 });
    expect(log.span()?.oldestNs).toBe(103n * S);
  });

  it('does not count twice what a resumed call tells again', () => {
    const log = new AgentLog();
    expect(log.resumeFrom()).toBeUndefined();
    log.add(told(100, 'a', address(1)));
    log.add(told(101, 'a', address(2)));
    log.add(told(101, 'a', address(2)));
    expect(log.resumeFrom()).toBe(101n * S);
    for (let i = 0; i < 3; i++) log.add(told(101, 'a', address(2)));
    log.add(told(101, 'a', address(3)));
    expect(marksOf(log)).toEqual(['100+0 5: 10.0.0.2/32 x3 a; 10.0.0.1/32 x1 a; 10.0.0.3/32 x1 a']);
  });
});
