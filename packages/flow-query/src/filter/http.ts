// http_status_code, http_method, http_path, http_url, http_header. Beside an event type filter they demand that it
// lets L7 events through; Hubble refuses the filter otherwise.

import { err, ok, type Result } from '@finderscope/base';
import type { FlowFilter } from '@finderscope/hubble-api';
import { EVENT_TYPE_L7 } from '../text/event-type.ts';
import { compileAll, defineRule } from './define-rule.ts';
import { goQuote } from './go-text.ts';
import { compileRegex } from './expression-engine.ts';
import { requestPath } from './request-uri.ts';
import type { FilterRule } from './rule.ts';

/** The values, or the error when an event type filter beside them excludes all L7 events. */
function withL7Events<Test>(
  what: string,
  filter: FlowFilter,
  compile: () => Result<Test, string>,
): Result<Test, string> {
  const types = filter.eventType;
  if (types.length > 0 && !types.some((entry) => entry.type === EVENT_TYPE_L7)) {
    return err(`filtering by http ${what} requires the event type filter to only match 'l7' events`);
  }
  return compile();
}

type StatusTest = (code: number) => boolean;

/** A status such as `404`, or the beginning of one such as `5+` or `40+`. Code 0, a request, never matches. */
export function compileHttpStatus(value: string): Result<StatusTest, string> {
  if (/^[1-5][0-9]{2}$/.test(value)) {
    const wanted = Number(value);
    return ok((code) => code === wanted);
  }
  if (!/^[1-5][0-9]?\+$/.test(value)) return err(`invalid status code prefix: ${goQuote(value)}`);
  const prefix = value.slice(0, -1);
  return ok((code) => code !== 0 && String(code).padStart(3, '0').startsWith(prefix));
}

/** Equal but for case, by Unicode's simple folding: `GET` and `get`. An empty method never matches. */
export function compileHttpMethod(value: string): (method: string) => boolean {
  // The u flag makes i fold as Unicode does, one character for one.
  const regex = new RegExp(`^${value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`, 'iu');
  return (method) => method !== '' && regex.test(method);
}

function compileRegexes(values: readonly string[]): Result<(text: string) => boolean, string> {
  const tests = compileAll(values, (value) => {
    const test = compileRegex(value);
    return test.ok ? test : err(`${value}: ${test.error}`);
  });
  if (!tests.ok) return tests;
  return ok((text) => {
    for (const test of tests.value) if (test(text)) return true;
    return false;
  });
}

export const HTTP_RULES: readonly FilterRule[] = [
  defineRule({
    field: 'httpStatusCode',
    reads: [{ part: 'httpCode' }],
    values: (filter) => filter.httpStatusCode,
    compile: (values, filter) =>
      withL7Events('status code', filter, () => {
        const tests = compileAll(values, compileHttpStatus);
        if (!tests.ok) return err(`invalid http status code filter: ${tests.error}`);
        return ok((code: number | undefined) => {
          if (code === undefined || code === 0) return false;
          for (const test of tests.value) if (test(code)) return true;
          return false;
        });
      }),
  }),
  defineRule({
    field: 'httpMethod',
    reads: [{ part: 'httpMethod' }],
    values: (filter) => filter.httpMethod,
    compile: (values, filter) =>
      withL7Events('method', filter, () => {
        const tests = values.map(compileHttpMethod);
        return ok((method: string | undefined) => {
          if (method === undefined || method === '') return false;
          for (const test of tests) if (test(method)) return true;
          return false;
        });
      }),
  }),
  defineRule({
    field: 'httpPath',
    reads: [{ part: 'httpUrl' }],
    values: (filter) => filter.httpPath,
    compile: (values, filter) =>
      withL7Events('path', filter, () => {
        const test = compileRegexes(values);
        if (!test.ok) return err(`invalid http path filter: ${test.error}`);
        return ok((url: string | undefined) => {
          const path = url === undefined ? undefined : requestPath(url);
          return path !== undefined && test.value(path);
        });
      }),
  }),
  defineRule({
    field: 'httpUrl',
    reads: [{ part: 'httpUrl' }],
    values: (filter) => filter.httpUrl,
    compile: (values, filter) =>
      withL7Events('url', filter, () => {
        const test = compileRegexes(values);
        if (!test.ok) return err(`invalid http url filter: ${test.error}`);
        return ok((url: string | undefined) => url !== undefined && url !== '' && test.value(url));
      }),
  }),
  defineRule({
    field: 'httpHeader',
    reads: [{ part: 'httpHeaders' }],
    values: (filter) => filter.httpHeader,
    compile: (values, filter) =>
      withL7Events('headers', filter, () =>
        ok((headers: readonly { readonly key: string; readonly value: string }[] | undefined) => {
          if (headers === undefined) return false;
          for (const header of headers) {
            for (const wanted of values) {
              if (header.key === wanted.key && header.value === wanted.value) return true;
            }
          }
          return false;
        }),
      ),
  }),
];
