// Replay of a file of Hubble records on the nodes that it names.

import { readFileSync, statSync } from 'node:fs';

import { create } from '@bufbuild/protobuf';
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { err, ok, type Result } from '@finderscope/base';
import { AgentEventType, type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';

import { nodeInfo } from '../agent/node.ts';
import { describeCounts, readRecords, type ReplayFile, type ReplayRecord } from '../replay/read-records.ts';
import { type Schedule, scheduleRecords } from '../replay/schedule.ts';
import { agentEntry, debugEntry, responseEntry, type RingEntry } from '../ring/entry.ts';
import { DEFAULT_RING_CAPACITY } from '../ring/ring-buffer.ts';
import { addNs, type Moment, nsBetween } from '../timeline/clock.ts';
import { momentOf, timestampOf } from '../timeline/timestamp.ts';
import { type Recorder, type Scenario, type ScenarioOptions, type ScenarioRun } from './scenario.ts';

const MAX_FILE_BYTES = 256 * 1024 * 1024;
const PAUSE_BETWEEN_LOOPS_NS = 1e9;

export const REPLAY: Scenario = {
  name: 'replay',
  title: 'Replay of a file',
  help: 'the flows of a JSON-lines --file, at their own pace or --speed times faster, once or in a --loop',
  takes: ['file', 'speed', 'loop', 'keepTimes'],
  plan: (options) => {
    const { file, speed = 1 } = options;
    if (file === undefined)
      return err('--file: scenario replay needs a file of Hubble flows, one JSON object a line');
    if (!(speed > 0 && Number.isFinite(speed))) return err(`--speed: must be above 0, not ${speed}`);
    const text = readText(file);
    if (!text.ok) return text;
    const content = readRecords(text.value);
    if (content.records.length === 0) {
      return err(`--file: ${file} has nothing to play (${describeCounts(content.counts)})`);
    }
    const names = [...new Set(content.records.map(({ nodeName }) => nodeName))];
    return ok({
      nodes: names.map((name, index) => nodeInfo(name, index)),
      stages: [],
      ringCapacity: DEFAULT_RING_CAPACITY,
      historyNs: 0,
      warnings: describeProblems(file, content),
      start: (recorder) => run(file, content, names, speed, options, recorder),
    });
  },
};

function readText(file: string): Result<string, string> {
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE_BYTES)
      return err(`--file: ${file} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`);
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    return err(`--file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describeProblems(file: string, { broken, unknownFields }: ReplayFile): readonly string[] {
  const warnings = broken.map(({ line, problem }) => `${file}:${line}: ${problem}`);
  if (unknownFields.length > 0)
    warnings.push(`${file}: unknown fields left out: ${unknownFields.join(', ')}`);
  return warnings;
}

function run(
  file: string,
  content: ReplayFile,
  nodeNames: readonly string[],
  speed: number,
  { loop, keepTimes }: ScenarioOptions,
  recorder: Recorder,
): ScenarioRun {
  const { records } = content;
  const schedule = scheduleRecords(
    records.map(({ time }) => time),
    speed,
  );
  const nodeOf = new Map(nodeNames.map((name, index) => [name, index]));
  let next = 0;
  let played = 0;
  let roundStartNs = 0;
  let finished = false;

  const playOne = (record: ReplayRecord, timeNs: number): void => {
    const node = nodeOf.get(record.nodeName) ?? 0;
    const at = recorder.moment(node, roundStartNs + timeNs);
    recorder.entry(node, keepTimes ? entryOf(record, record.time ?? at) : shiftedEntry(record, at));
    played++;
  };

  const finishRound = (): void => {
    next = 0;
    roundStartNs += schedule.lengthNs + PAUSE_BETWEEN_LOOPS_NS;
    if (loop) return;
    finished = true;
    // The newest entry of a ring cannot be read; this one, which no flow stream carries, makes the last flow readable.
    for (const node of nodeNames.keys()) {
      recorder.agentEvent(node, roundStartNs, {
        type: AgentEventType.AGENT_EVENT_UNKNOWN,
        notification: { case: 'unknown', value: { type: 'replay', notification: '{"finished":true}' } },
      });
    }
  };

  return {
    advanceTo: (untilNs, budget) => {
      for (let budgetLeft = budget; budgetLeft > 0; budgetLeft--) {
        if (finished) return true;
        const record = records[next];
        const at = schedule.at[next];
        if (record === undefined || at === undefined) {
          finishRound();
          continue;
        }
        if (roundStartNs + at.playNs > untilNs) return true;
        playOne(record, at.timeNs);
        next++;
      }
      return finished;
    },
    stages: undefined,
    isFinished: () => finished,
    summary: () => summarize(file, content, schedule, played),
  };
}

function summarize(file: string, content: ReplayFile, schedule: Schedule, played: number): string {
  const shortened = schedule.shortenedPauses;
  const pauses = shortened === 0 ? '' : `; ${shortened} long pauses cut to 2 s`;
  return `replayed ${file}: ${describeCounts(content.counts)}; ${played} records played${pauses}`;
}

function entryOf({ record }: ReplayRecord, at: Moment): RingEntry {
  switch (record.kind) {
    case 'flows':
      return responseEntry(record.response, at);
    case 'agent':
      return agentEntry(record.response, at);
    case 'debug':
      return debugEntry(record.response, at);
  }
}

/** The record with its times moved, as far as it has any. */
function shiftedEntry(replayed: ReplayRecord, at: Moment): RingEntry {
  const { record, time } = replayed;
  if (time === undefined) return entryOf(replayed, at);
  switch (record.kind) {
    case 'flows':
      return responseEntry(shiftResponse(record.response, nsBetween(time, at)), at);
    case 'agent':
      return agentEntry({ ...record.response, time: timestampOf(at) }, at);
    case 'debug':
      return debugEntry({ ...record.response, time: timestampOf(at) }, at);
  }
}

function shiftResponse(response: GetFlowsResponse, byNs: number): GetFlowsResponse {
  const moved = (time: Timestamp): Timestamp => timestampOf(addNs(momentOf(time), byNs));
  const { responseTypes: body } = response;
  const envelope = {
    nodeName: response.nodeName,
    ...(response.time === undefined ? {} : { time: moved(response.time) }),
  };
  if (body.case === 'flow') {
    const { time } = body.value;
    const flow = time === undefined ? body.value : { ...body.value, time: moved(time) };
    return create(GetFlowsResponseSchema, { ...envelope, responseTypes: { case: 'flow', value: flow } });
  }
  if (body.case === 'lostEvents') {
    const { first, last } = body.value;
    const lost = {
      ...body.value,
      ...(first === undefined ? {} : { first: moved(first) }),
      ...(last === undefined ? {} : { last: moved(last) }),
    };
    return create(GetFlowsResponseSchema, {
      ...envelope,
      responseTypes: { case: 'lostEvents', value: lost },
    });
  }
  return create(GetFlowsResponseSchema, { ...envelope, responseTypes: body });
}
