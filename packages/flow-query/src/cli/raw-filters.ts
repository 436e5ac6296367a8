// The FlowFilter lists of a filter text, as the CLI prints them with --print-raw-filters and as JSON.

import { filterToJson } from '../fields/filter-json.ts';
import { compileFilterText } from '../language/compile.ts';

/**
 * YAML with the keys `allowlist` and `denylist`, each a list of JSON texts; `{}` when both are empty. A text with
 * problems has no filters: its problems are given as comments.
 */
export function queryToRawFilters(text: string): string {
  const lists = compileFilterText(text);
  if (!lists.ok) return lists.error.map(({ message }) => `# ${message.replaceAll('\n', ' ')}\n`).join('');
  const { allow, deny } = lists.value;
  if (allow.length === 0 && deny.length === 0) return '{}\n';
  return yamlList('allowlist', allow.map(filterToJson)) + yamlList('denylist', deny.map(filterToJson));
}

/** The same as one JSON object; a text with problems gives one with the key `problems`. */
export function queryToRawFiltersJson(text: string): string {
  const lists = compileFilterText(text);
  if (!lists.ok) return JSON.stringify({ problems: lists.error.map(({ message }) => message) });
  const { allow, deny } = lists.value;
  return `{"allowlist":[${allow.map(filterToJson).join(',')}],"denylist":[${deny.map(filterToJson).join(',')}]}`;
}

function yamlList(key: string, values: readonly string[]): string {
  return values.length === 0
    ? ''
    : `${key}:\n${values.map((value) => `    - ${yamlText(value)}\n`).join('')}`;
}

/** JSON begins with a brace, so it needs quotes; double ones where a character could not be printed. */
function yamlText(text: string): string {
  const unprintable = /[\u007f-\u009f\ufeff\ufffe\uffff]/g;
  if (!unprintable.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${escaped}"`;
}
