// Records published as real output of Hubble, from 2020 to 2026. FINDERSCOPE_CAPTURES names the folder that holds
// them: *.jsonl with one record a line, compact-lines.txt with default output. Without it these tests are skipped; a name
// that leads nowhere fails them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugCapturePointSchema, SocketTranslationPointSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { compactLine } from './compact-line.ts';
import { DROP_REASON_TEXTS } from './drop-reason.ts';
import { fromJsonLine, recordToJson } from './json-line.ts';
import { POLICY_MATCH_TYPE_NAMES } from './policy-match.ts';
import { TRACE_POINT_NAMES } from './trace-point.ts';
import { VERDICT_NAMES } from './verdict.ts';

const folder = process.env['FINDERSCOPE_CAPTURES'] ?? '';
const skipped = folder === '';

type Line = { readonly at: string; readonly text: string };

function linesOf(file: string): Line[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .map((text, i) => ({ at: `${file}:${i + 1}`, text }))
    .filter(({ text }) => text.trim() !== '');
}

function jsonLines(): Line[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap(linesOf);
}

const RESPONSE_FORM = /^\{"(flow|lost_events)":/;

function rewritten(text: string): string {
  const record = fromJsonLine(text);
  if (!record.ok) throw new Error(record.error);
  return recordToJson(record.value);
}

/** JSON without its own order of keys and without null, to compare values. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, part]) => part !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, canonical(part)]));
}

const alternatives = (names: Iterable<string>) =>
  [...names].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');

/** Hosts never hold a space, but may be empty; DNS names can be joined by commas. */
const END = '\\S* \\((?:[a-z][-a-z0-9]*|ID:\\d+)\\)';
/** Up to 1.9 and in some documents ends were printed without identity. */
const OLD_END = '\\S+(?: \\((?:[a-z][-a-z0-9]*|ID:\\d+)\\))?';
const TYPE = [
  `(?:${alternatives(TRACE_POINT_NAMES.values())})`,
  `(?:${alternatives(DROP_REASON_TEXTS.values())})`,
  `(?:policy-verdict:)?(?:${alternatives(POLICY_MATCH_TYPE_NAMES)})(?: (?:INGRESS|EGRESS|TRAFFIC_DIRECTION_UNKNOWN))?`,
  '(?:http|dns|kafka|l7)-(?:request|response|sample)(?: \\w*)?',
  '(?:pre|post)-xlate-(?:fwd|rev)',
  `(?:${alternatives(SocketTranslationPointSchema.values.map((value) => value.name))})`,
  `(?:${alternatives(DebugCapturePointSchema.values.map((value) => value.name))})`,
  'UNKNOWN',
].join('|');
const VERDICT = `(?:${alternatives(VERDICT_NAMES)}|ALLOWED|DENIED|AUDITED)(?: BY .*)?`;
const TIME = '(?:[A-Z][a-z]{2} [ 1-3]?\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}|N/A)';

const FLOW_LINE = new RegExp(
  `^${TIME}(?: \\[\\S*\\])?: ${END} (?:->|<-|<>) ${END} (?:${TYPE}) (?:${VERDICT}) \\(.*\\)$`,
);
const OLD_FLOW_LINE = new RegExp(
  `^${TIME}(?: \\[\\S*\\])?: ${OLD_END} (?:->|<-|<>) ${OLD_END} (?:${TYPE}) (?:${VERDICT}) \\(.*\\)$`,
);
const OTHER_LINE =
  /EVENTS LOST: |nodes are unavailable: |Receiving flows from |nodes removed from cluster: | Error "/;

describe.skipIf(skipped)('captured records (set FINDERSCOPE_CAPTURES to run)', () => {
  test('every line is read, or is one of those known to be cut', () => {
    const refused = jsonLines().flatMap(({ at, text }) => {
      const record = fromJsonLine(text);
      return record.ok ? [] : [`${at}: ${record.error}`];
    });
    expect(refused).toEqual([]);
  });

  test('nothing is unknown in them', () => {
    const unknown = jsonLines().flatMap(({ at, text }) => {
      const record = fromJsonLine(text);
      return record.ok ? record.value.unknownFields.map((path) => `${at}: ${path}`) : [];
    });
    expect(unknown).toEqual([]);
  });

  test('a record in response form is written again byte for byte', () => {
    const records = jsonLines().filter(({ text }) => RESPONSE_FORM.test(text));
    expect(records.length).toBeGreaterThan(300);
    for (const { at, text } of records) expect([at, rewritten(text)]).toEqual([at, text]);
  });

  test('a bare flow is written again as the same JSON value, in an envelope', () => {
    const records = jsonLines().filter(({ text }) => !RESPONSE_FORM.test(text));
    expect(records.length).toBeGreaterThan(0);
    for (const { at, text } of records) {
      const { flow } = JSON.parse(rewritten(text));
      expect([at, canonical(flow)]).toEqual([at, canonical(JSON.parse(text))]);
    }
  });

  test('every compact line has a shape, an event and a verdict that we know', () => {
    const strange = linesOf('compact-lines.txt').filter(
      ({ text }) => !FLOW_LINE.test(text) && !OLD_FLOW_LINE.test(text) && !OTHER_LINE.test(text),
    );
    expect(strange.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
  });

  test('compact lines of captured flows have that shape too', () => {
    const strange = jsonLines().flatMap(({ at, text }) => {
      const record = fromJsonLine(text);
      if (!record.ok || record.value.kind !== 'flows') return [];
      const line = compactLine(record.value.response);
      return FLOW_LINE.test(line) || OTHER_LINE.test(line) ? [] : [`${at}: ${line}`];
    });
    expect(strange).toEqual([]);
  });
});
