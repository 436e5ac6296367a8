// What Kubernetes accepts as a label key and as a label value, with the texts by which it refuses.

import { byteLength } from './go-text.ts';

const KEY_PATTERN = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const VALUE_PATTERN = `(${KEY_PATTERN})?`;
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_NAME = `${DNS_LABEL}(\\.${DNS_LABEL})*`;

const KEY = new RegExp(`^${KEY_PATTERN}$`);
const VALUE = new RegExp(`^${VALUE_PATTERN}$`);
const DNS = new RegExp(`^${DNS_NAME}$`);

const KEY_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const DNS_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

const KEY_EXAMPLES = ['MyName', 'my.name', '123-abc'];

function ruleText(rule: string, pattern: string, examples: readonly string[]): string {
  const quoted = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}

function lengthText(limit: number): string {
  return `must be no more than ${limit} bytes`;
}

function prefixProblems(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  const problems: string[] = [];
  if (byteLength(prefix) > 253) problems.push(`prefix part ${lengthText(253)}`);
  if (!DNS.test(prefix)) problems.push(`prefix part ${ruleText(DNS_RULE, DNS_NAME, ['example.com'])}`);
  return problems;
}

/** Why the text is no label key, in Kubernetes' words; empty when it is one. */
export function labelKeyProblems(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 2) {
    const rule = ruleText(KEY_RULE, KEY_PATTERN, KEY_EXAMPLES);
    return [
      `a valid label key ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems = parts.length === 2 ? prefixProblems(parts[0] ?? '') : [];
  const name = parts.at(-1) ?? '';
  if (name === '') problems.push('name part must be non-empty');
  else if (byteLength(name) > 63) problems.push(`name part ${lengthText(63)}`);
  if (!KEY.test(name)) problems.push(`name part ${ruleText(KEY_RULE, KEY_PATTERN, KEY_EXAMPLES)}`);
  return problems;
}

/** Why the text is no label value, in Kubernetes' words; empty when it is one. */
export function labelValueProblems(value: string): readonly string[] {
  const problems: string[] = [];
  if (byteLength(value) > 63) problems.push(lengthText(63));
  if (!VALUE.test(value))
    problems.push(ruleText(VALUE_RULE, VALUE_PATTERN, ['MyValue', 'my_value', '12345']));
  return problems;
}
