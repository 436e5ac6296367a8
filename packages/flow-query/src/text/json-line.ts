// One record of `hubble observe -o jsonpb`, of Hubble's exporter or of an old CLI, as one line of JSON, in and out.
//
//   {"flow":{...},"node_name":"kind/worker","time":"..."}      response or export event
//   {"time":"...","verdict":"DROPPED",...}                      bare flow of CLIs before 2021 and of -o json then
//
// Field masks leave out any part of these, the envelope too.

import { create } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import {
  ExportEventSchema,
  FlowSchema,
  GetAgentEventsResponseSchema,
  GetDebugEventsResponseSchema,
  GetFlowsResponseSchema,
  type ExportEvent,
  type GetAgentEventsResponse,
  type GetDebugEventsResponse,
  type GetFlowsResponse,
} from '@finderscope/hubble-api';
import { isFieldName, messageFromJson } from './json-read.ts';
import { messageToJson } from './json-write.ts';

/** What a line holds. `unknownFields` lists what this build does not know and left out. */
export type JsonRecord =
  | { readonly kind: 'flows'; readonly response: GetFlowsResponse; readonly unknownFields: readonly string[] }
  | {
      readonly kind: 'agent';
      readonly response: GetAgentEventsResponse;
      readonly unknownFields: readonly string[];
    }
  | {
      readonly kind: 'debug';
      readonly response: GetDebugEventsResponse;
      readonly unknownFields: readonly string[];
    };

/** Fields of the envelope that hold an event, and that a bare flow never has. */
const EVENT_FIELDS: ReadonlySet<string> = new Set(
  ExportEventSchema.oneofs.flatMap((oneof) => oneof.fields.flatMap((field) => [field.name, field.jsonName])),
);

const ENVELOPE_FIELDS: ReadonlySet<string> = new Set(['node_name', 'nodeName', 'time']);

/** The response as the CLI writes it, without line break. */
export function toJsonpb(response: GetFlowsResponse): string {
  return messageToJson(GetFlowsResponseSchema, response);
}

/** A line of any kind of record as the CLI or the exporter writes it. */
export function recordToJson(record: JsonRecord): string {
  switch (record.kind) {
    case 'flows':
      return messageToJson(GetFlowsResponseSchema, record.response);
    case 'agent':
      return messageToJson(GetAgentEventsResponseSchema, record.response);
    case 'debug':
      return messageToJson(GetDebugEventsResponseSchema, record.response);
  }
}

function fromEvent(event: ExportEvent, unknownFields: readonly string[]): JsonRecord {
  const { responseTypes, nodeName } = event;
  const envelope = { nodeName, ...(event.time && { time: event.time }) };
  switch (responseTypes.case) {
    case 'agentEvent': {
      const response = create(GetAgentEventsResponseSchema, { ...envelope, agentEvent: responseTypes.value });
      return { kind: 'agent', response, unknownFields };
    }
    case 'debugEvent': {
      const response = create(GetDebugEventsResponseSchema, { ...envelope, debugEvent: responseTypes.value });
      return { kind: 'debug', response, unknownFields };
    }
    case undefined:
      return { kind: 'flows', response: create(GetFlowsResponseSchema, envelope), unknownFields };
    default: {
      const response = create(GetFlowsResponseSchema, { ...envelope, responseTypes });
      return { kind: 'flows', response, unknownFields };
    }
  }
}

function fromBareFlow(value: object): Result<JsonRecord, string> {
  const read = messageFromJson(FlowSchema, value);
  if (!read.ok) return read;
  const { message: flow, unknownFields } = read.value;
  // The server copies these two from the flow into the envelope.
  const response = create(GetFlowsResponseSchema, {
    nodeName: flow.nodeName,
    ...(flow.time && { time: flow.time }),
    responseTypes: { case: 'flow', value: flow },
  });
  return ok({ kind: 'flows', response, unknownFields });
}

function parseJson(line: string): Result<unknown, string> {
  const text = line.trim();
  if (text === '') return err('the line is empty');
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const cut = text.startsWith('{') && !text.endsWith('}');
    return err(cut ? `the line ends in the middle of a record (${why})` : `the line is not JSON (${why})`);
  }
}

/**
 * Reads one line. The error says in a sentence what is wrong with it and where, for a message such as
 * "line 17: ...".
 */
export function fromJsonLine(line: string): Result<JsonRecord, string> {
  const parsed = parseJson(line);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (Array.isArray(value)) return err('the line is a JSON list; each record must be a line of its own');
  if (typeof value !== 'object' || value === null) return err('the line is JSON, but not an object');
  const names = Object.keys(value);
  const isEnvelope =
    names.some((name) => EVENT_FIELDS.has(name)) || names.every((name) => ENVELOPE_FIELDS.has(name));
  if (isEnvelope) {
    const read = messageFromJson(ExportEventSchema, value);
    return read.ok ? ok(fromEvent(read.value.message, read.value.unknownFields)) : read;
  }
  if (!names.some((name) => isFieldName(FlowSchema, name))) {
    const shown = names.slice(0, 5).join(', ');
    return err(`the line is not a record of Hubble's: none of its fields is known (${shown})`);
  }
  return fromBareFlow(value);
}
