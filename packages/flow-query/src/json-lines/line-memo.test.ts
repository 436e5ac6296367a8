// That lines are found again. What they then become is held to the reference in line-decoder.test.ts.

import { create, toBinary } from '@bufbuild/protobuf';
import { FlowSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { expect, test } from 'vitest';
import { fromJsonLine } from '../text/json-line.ts';
import { LineMemo } from './line-memo.ts';
import { type JsonField, jsonProgram } from './program.ts';
import { ValuePlaces } from './value-places.ts';

const PROGRAM = jsonProgram(GetFlowsResponseSchema);
const FLOW = jsonProgram(FlowSchema);
const SUMMARY = 's'.repeat(80);

function lineOf(time: string, uuid: string, node = 'w'): string {
  return `{"flow":{"time":"${time}","uuid":"${uuid}","Summary":"${SUMMARY}"},"node_name":"${node}","time":"${time}"}`;
}

function fieldOf(program: typeof PROGRAM, number: number): JsonField {
  const field = program.fields.find((one) => one.number === number);
  if (field === undefined) throw new Error(`no field ${number}`);
  return field;
}

function remember(memo: LineMemo, line: string): void {
  const [bytes, view] = bytesOf(line);
  if (memo.find(bytes, view, 0, line.length)) return;
  const read = fromJsonLine(line);
  if (!read.ok || read.value.kind !== 'flows') throw new Error('a flow');
  const message = toBinary(GetFlowsResponseSchema, read.value.response);
  const inText = new ValuePlaces();
  for (const [field, key] of [
    [fieldOf(FLOW, 1), '"time":"'],
    [fieldOf(FLOW, 34), '"uuid":"'],
    [fieldOf(PROGRAM, 1001), '","time":"'],
  ] as const) {
    const at = (key.startsWith('",') ? line.lastIndexOf(key) : line.indexOf(key)) + key.length;
    inText.add(field, at, line.indexOf('"', at));
  }
  const onWire = new ValuePlaces();
  onWire.findOnWire(PROGRAM, message, 0, message.length);
  memo.remember(bytes, 0, line.length, inText, message, 0, message.length, onWire);
}

function bytesOf(line: string): readonly [Uint8Array, DataView] {
  const bytes = new TextEncoder().encode(line);
  return [bytes, new DataView(bytes.buffer)];
}

function isFound(memo: LineMemo, line: string): boolean {
  const [bytes, view] = bytesOf(line);
  return memo.find(bytes, view, 0, line.length);
}

test('a line is found by one that differs in time and uuid only', () => {
  const memo = new LineMemo();
  remember(memo, lineOf('2026-01-15T10:00:00.100000Z', 'a'.repeat(36)));
  expect(isFound(memo, lineOf('2027-02-16T11:01:02.999999Z', 'b'.repeat(36)))).toBe(true);
  expect(isFound(memo, lineOf('2026-01-15T10:00:00.1Z', 'a'.repeat(36)))).toBe(false);
  expect(isFound(memo, lineOf('2026-01-15T10:00:00.100000Z', 'a'.repeat(36), 'x'))).toBe(false);
  expect(isFound(memo, lineOf('2026-01-15T10:00:00.100000Z', 'a'.repeat(35)))).toBe(false);
});

test('a time that takes more bytes than the one before moves nothing', () => {
  const memo = new LineMemo();
  remember(memo, lineOf('2026-01-15T10:00:00.100000Z', 'a'.repeat(36)));
  const late = lineOf('2026-01-15T10:00:00.900000Z', 'b'.repeat(36));
  const [bytes, view] = bytesOf(late);
  expect(memo.find(bytes, view, 0, late.length)).toBe(true);
  const body = new Uint8Array(memo.bodyLength);
  expect(memo.writeBody(body, 0, bytes, view, 0)).toBe(true);
  const flow = create(FlowSchema, { uuid: 'b'.repeat(36), Summary: SUMMARY });
  expect(memo.flowLength).toBe(toBinary(FlowSchema, flow).length);
  expect(Buffer.from(body.subarray(0, memo.flowLength))).toEqual(Buffer.from(toBinary(FlowSchema, flow)));
});

test('more lines than there is room for are forgotten and learnt again', () => {
  const memo = new LineMemo();
  const long = 'n'.repeat(1 << 20);
  const lines = Array.from({ length: 40 }, (_, n) =>
    lineOf('2026-01-15T10:00:00.100000Z', 'a'.repeat(36), `${n}${long}`),
  );
  for (const line of lines) remember(memo, line);
  const found = lines.filter((line) => isFound(memo, line)).length;
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(lines.length);
  expect(isFound(memo, lines.at(-1) ?? '')).toBe(true);
});
