// Event types: `TYPE` or `TYPE:SUBTYPE`, each a name or a number. Sub types have names only under `trace` and `agent`,
// and only where the type is given by name, as the CLI reads them.

import { create } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import { type EventTypeFilter, EventTypeFilterSchema } from '@finderscope/hubble-api';
import {
  EVENT_TYPE_AGENT,
  EVENT_TYPE_NAMES,
  EVENT_TYPE_RECORDER,
  EVENT_TYPE_TRACE,
} from '../text/event-type.ts';
import { TRACE_POINT_NAMES } from '../text/trace-point.ts';
import { orList, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { parseUint } from './go-number.ts';
import { itemList } from './list-effect.ts';

/** Names the CLI's `--type` knows; `recorder` went with 1.19, so it is written as its number. */
const TYPES: ReadonlyMap<string, number> = new Map(
  [...EVENT_TYPE_NAMES].filter(([type]) => type !== EVENT_TYPE_RECORDER).map(([type, name]) => [name, type]),
);

const TRACE_SUBTYPES: ReadonlyMap<string, number> = new Map(
  [...TRACE_POINT_NAMES].map(([subType, name]) => [name, subType]),
);

/** The monitor's numbers, which the CLI sends although the server compares the API's: no flow is an agent event. */
const AGENT_SUBTYPES: ReadonlyMap<string, number> = new Map([
  ['unspecified', 0],
  ['message', 1],
  ['agent-started', 2],
  ['endpoint-regenerate-success', 3],
  ['endpoint-regenerate-failure', 4],
  ['policy-updated', 5],
  ['policy-deleted', 6],
  ['endpoint-created', 7],
  ['endpoint-deleted', 8],
  ['ipcache-upserted', 9],
  ['ipcache-deleted', 10],
]);

const NO_SUBTYPES: ReadonlyMap<string, number> = new Map();

const FLOW_TYPES = ['drop', 'trace', 'policy-verdict', 'l7', 'capture', 'trace-sock'];

function subTypes(type: number): ReadonlyMap<string, number> {
  if (type === EVENT_TYPE_TRACE) return TRACE_SUBTYPES;
  return type === EVENT_TYPE_AGENT ? AGENT_SUBTYPES : NO_SUBTYPES;
}

function uint32(text: string): number | undefined {
  const value = parseUint(text, 32);
  return value === undefined ? undefined : Number(value);
}

/** `type` and `subType` as numbers and as canonical words; `subType` undefined without one. */
type ParsedType = {
  readonly type: number;
  readonly subType: number | undefined;
  readonly text: string;
};

function parseType(value: string): Result<ParsedType, string> {
  const colon = value.indexOf(':');
  const written = colon < 0 ? value : value.slice(0, colon);
  const word = written.toLowerCase();
  const named = word === 'recorder' ? undefined : TYPES.get(word);
  const type = named ?? (word === 'recorder' ? EVENT_TYPE_RECORDER : uint32(word));
  if (type === undefined) {
    return err(`${shown(written)} is not an event type. Write ${orList(FLOW_TYPES)}, or a number.`);
  }
  const typeText = named === undefined ? String(type) : word;
  if (colon < 0) return ok({ type, subType: undefined, text: typeText });
  const subWord = value.slice(colon + 1).toLowerCase();
  const names = named === undefined ? NO_SUBTYPES : subTypes(type);
  const subNumber = names.get(subWord);
  const subType = subNumber ?? uint32(subWord);
  if (subType === undefined) return err(subTypeProblem(value.slice(colon + 1), type, typeText, names));
  return ok({ type, subType, text: `${typeText}:${subNumber === undefined ? subType : subWord}` });
}

function subTypeProblem(
  word: string,
  type: number,
  typeText: string,
  names: ReadonlyMap<string, number>,
): string {
  const wrong = `${shown(word)} is not a sub type of ${typeText}.`;
  if (names.size > 0) return `${wrong} Write ${orList([...names.keys()])}, or a number.`;
  const name = [...TYPES].find(([, number]) => number === type)?.[0];
  return name !== undefined && subTypes(type).has(word.toLowerCase())
    ? `${wrong} Names of sub types go with the name of the type: write ${name}:${word.toLowerCase()}.`
    : `${wrong} Write a number.`;
}

function toFilter(value: string): EventTypeFilter {
  const parsed = parseType(value);
  if (!parsed.ok) return create(EventTypeFilterSchema);
  const { type, subType } = parsed.value;
  // Numbers from 2^31 up wrap, as in the CLI.
  return create(EventTypeFilterSchema, {
    type: type | 0,
    matchSubType: subType !== undefined,
    subType: (subType ?? 0) | 0,
  });
}

function toText({ type, matchSubType, subType }: EventTypeFilter): string {
  const word = [...TYPES].find(([, number]) => number === type)?.[0];
  const typeText = word ?? String(type >>> 0);
  if (!matchSubType) return typeText;
  const subWord = [...subTypes(type)].find(([, number]) => number === subType)?.[0];
  return `${typeText}:${subWord ?? subType >>> 0}`;
}

export const TYPE_FIELD: FieldDef = {
  name: 'type',
  aliases: ['event-type'],
  sides: 'none',
  short: 't',
  hasFlag: true,
  doc: 'Kind of event, with a sub type after a second colon.',
  examples: ['type:drop', 'type:trace:to-endpoint', 'type:l7'],
  values: [...FLOW_TYPES, ...[...TRACE_SUBTYPES.keys()].toSorted().map((name) => `trace:${name}`)],
  check: (value) => {
    const parsed = parseType(value);
    return parsed.ok ? ok(parsed.value.text) : parsed;
  },
  effect: itemList<EventTypeFilter>((filter) => filter.eventType, toFilter, toText),
};
