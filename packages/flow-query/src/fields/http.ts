// Fields of HTTP requests and responses. In one filter they go with no event type but l7.

import { create } from '@bufbuild/protobuf';
import { err, ok } from '@finderscope/base';
import { type HTTPHeader, HTTPHeaderSchema } from '@finderscope/hubble-api';
import { compileHttpStatus } from '../filter/http.ts';
import { compileRegex } from '../filter/expression-engine.ts';
import { compiled, shown, someText } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList, textList } from './list-effect.ts';

export const HTTP_STATUS_FIELD: FieldDef = {
  name: 'http-status',
  aliases: ['status', 'http-status-code'],
  sides: 'none',
  hasFlag: true,
  doc: 'Status of HTTP responses, or its first digits with a +.',
  examples: ['http-status:5+', 'http-status:404'],
  values: [
    '2+',
    '3+',
    '4+',
    '5+',
    '200',
    '301',
    '302',
    '400',
    '401',
    '403',
    '404',
    '429',
    '500',
    '502',
    '503',
    '504',
  ],
  check: compiled(
    compileHttpStatus,
    (value) =>
      `${shown(value)} is not an HTTP status. Write a code from 100 to 599 or a prefix with +, as in 404 or 5+.`,
  ),
  effect: textList((filter) => filter.httpStatusCode),
};

export const HTTP_METHOD_FIELD: FieldDef = {
  name: 'http-method',
  aliases: ['method'],
  sides: 'none',
  hasFlag: true,
  doc: 'HTTP method, in any case of letters.',
  examples: ['http-method:POST'],
  values: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE'],
  check: someText('an HTTP method', 'http-method:GET'),
  effect: textList((filter) => filter.httpMethod),
};

/** For every field whose values are RE2 expressions. */
export const checkRegex = compiled(
  compileRegex,
  (value, reason) =>
    `${shown(value)} is not a regular expression: ${reason.replace(/^error parsing regexp: /, '')}. ` +
    'Put a backslash before a character that stands for itself, as in \\. or \\(.',
);

export const HTTP_PATH_FIELD: FieldDef = {
  name: 'http-path',
  aliases: ['path'],
  sides: 'none',
  hasFlag: true,
  doc: 'Regular expression (RE2) found anywhere in the path of the URL, without query.',
  examples: ['http-path:^/v1/', 'http-path:/orders/\\d+$'],
  check: checkRegex,
  effect: textList((filter) => filter.httpPath),
};

export const HTTP_URL_FIELD: FieldDef = {
  name: 'http-url',
  aliases: ['url'],
  sides: 'none',
  hasFlag: true,
  doc: 'Regular expression (RE2) found anywhere in the whole URL.',
  examples: ['http-url:deathstar.*/v1/', 'http-url:[?]debug='],
  check: checkRegex,
  effect: textList((filter) => filter.httpUrl),
};

/** Splits at the first colon, trimming nothing. */
function parseHeader(value: string): HTTPHeader {
  const colon = value.indexOf(':');
  return create(HTTPHeaderSchema, { key: value.slice(0, colon), value: value.slice(colon + 1) });
}

export const HTTP_HEADER_FIELD: FieldDef = {
  name: 'http-header',
  aliases: ['header'],
  sides: 'none',
  hasFlag: true,
  doc: 'Header with exactly this key and value, as name:value without a space.',
  examples: ['http-header:X-Tenant:blue'],
  check: (value) =>
    value.includes(':')
      ? ok(value)
      : err(
          `${shown(value)} is not an HTTP header. Write its key, a colon and its value, as in X-Tenant:blue.`,
        ),
  effect: itemList<HTTPHeader>(
    (filter) => filter.httpHeader,
    parseHeader,
    ({ key, value }) => `${key}:${value}`,
  ),
};
