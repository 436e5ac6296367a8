// FlowFilter as JSON, as the CLI's --allowlist and --denylist read it and as --print-raw-filters prints it.

import { err, ok, type Result } from '@finderscope/base';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { messageFromJson } from '../text/json-read.ts';
import { messageToJson } from '../text/json-write.ts';

/** One line; names as in the proto, in the order in which the proto declares them. */
export function filterToJson(filter: FlowFilter): string {
  return messageToJson(FlowFilterSchema, filter);
}

/** Reads one filter; names in either spelling, unknown ones are errors. */
export function filterFromJson(text: string): Result<FlowFilter, string> {
  const json = parseJson(text);
  if (!json.ok) return refuse(text, json.error);
  const read = messageFromJson(FlowFilterSchema, json.value);
  if (!read.ok) return refuse(text, read.error);
  const [unknown] = read.value.unknownFields;
  return unknown === undefined ? ok(read.value.message) : refuse(text, `${unknown} is not known here`);
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err('it is not JSON');
  }
}

function refuse(text: string, reason: string): Result<never, string> {
  const what = text === '' ? 'An empty value' : text;
  return err(
    `${what} is not a FlowFilter: ${reason}. Write JSON such as {"verdict":["DROPPED"],"destination_port":["53"]}.`,
  );
}
