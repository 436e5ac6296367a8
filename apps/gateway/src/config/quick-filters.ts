// Filters that an operator offers to everybody, from a YAML (or JSON) file:
//
//   - name: Drops in shop
//     filter: namespace:shop verdict:DROPPED
//
// Checked at the start, with the language the page has, so that nobody is offered a button that does nothing.

import '@finderscope/flow-query/expressions';
import { err, ok, type Result } from '@finderscope/base';
import { compileFilterText } from '@finderscope/flow-query';
import { LineCounter, parseDocument } from 'yaml';

export type QuickFilter = { readonly name: string; readonly filter: string };

/** As many as the page shows, and no longer names than it writes out. */
const MAX_FILTERS = 50;
const MAX_CHARS = 300;

/** The filters in the order of the file. The error is half a sentence on one line. */
export function parseQuickFilters(text: string): Result<readonly QuickFilter[], string> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const { line } = lineCounter.linePos(problem.pos[0]);
    return err(`cannot be read: line ${line}: ${oneLine(problem.message.replace(/ at line .*/s, ''))}`);
  }
  const items: unknown = document.toJS();
  if (!Array.isArray(items)) return err('holds no list of filters, each with a name and a filter');
  if (items.length > MAX_FILTERS)
    return err(`holds ${items.length} filters, of which at most ${MAX_FILTERS} fit`);
  const filters: QuickFilter[] = [];
  for (const [index, item] of items.entries()) {
    const read = readItem(item);
    if (!read.ok) return err(`has an error in filter ${index + 1}: ${read.error}`);
    if (filters.some(({ name }) => name === read.value.name)) return err(`names "${read.value.name}" twice`);
    filters.push(read.value);
  }
  return ok(filters);
}

function readItem(item: unknown): Result<QuickFilter, string> {
  if (typeof item !== 'object' || item === null) return err('it has no name and no filter');
  const fields = new Map<string, unknown>(Object.entries(item));
  const stray = [...fields.keys()].find((key) => key !== 'name' && key !== 'filter');
  if (stray !== undefined) return err(`it has a "${stray}"; there are name and filter`);
  const name = fields.get('name');
  const filter = fields.get('filter');
  if (typeof name !== 'string' || name.trim() === '') return err('it has no name');
  if (name.length > MAX_CHARS) return err(`its name is longer than ${MAX_CHARS} characters`);
  if (typeof filter !== 'string' || filter.trim() === '') return err(`"${name}" has no filter`);
  const compiled = compileFilterText(filter);
  const problem = compiled.ok ? undefined : compiled.error[0]?.message;
  return problem === undefined ? ok({ name, filter: filter.trim() }) : err(`"${name}": ${oneLine(problem)}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
