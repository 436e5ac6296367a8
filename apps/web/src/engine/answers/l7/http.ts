// HTTP: a method and a path; the response repeats both.

import { requestPath } from '@finderscope/flow-query';
import { type CallKey, type Dialect, isResponse } from './dialect.ts';
import type { Templater } from './path-rules.ts';

const REQUEST_ID = 'x-request-id';

const MAX_KNOWN = 50_000;
const known = new Map<string, string>();

/** The path of a URL; one that is no request's stays as it is. What was read last is remembered. */
function pathOf(url: string): string {
  const found = known.get(url) ?? requestPath(url) ?? url;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(url, found);
  return found;
}

function keyOf(method: string, url: string, templater: Templater): CallKey {
  const path = pathOf(url);
  return { key: [method, templater(path)], raw: path };
}

export const HTTP: Dialect = {
  kind: 'http',
  texts: ['httpMethod', 'httpUrl'],
  keyOf: (store, method, url, templater) =>
    keyOf(store.entryById('httpMethod', method) ?? '', store.entryById('httpUrl', url) ?? '', templater),
  result: 'httpCode',
  resultText: (code) => String(code).padStart(3, '0'),
  isFailure: (code) => code >= 400,
  speak: (flow, templater) => {
    const record = flow.l7?.record;
    if (record?.case !== 'http') return undefined;
    const { method, url, code, headers } = record.value;
    const id = headers.find(({ key }) => key.toLowerCase() === REQUEST_ID)?.value ?? '';
    return {
      ...keyOf(method, url, templater),
      what: `${method} ${pathOf(url)}`,
      pairing: JSON.stringify([method, url, id]),
      result: isResponse(flow) ? String(code).padStart(3, '0') : '',
      note: '',
    };
  },
};
