// Masks values of HTTP headers, query strings and user info of URLs, and what a Kafka client calls its requests.
//
// A URL stands in a flow up to three times: in `l7.http.url`, in headers (Referer, :path) and in `Summary`. Each kind is
// masked in all of them, also where a field mask left nothing but the text. Hubble's Kafka record has no client id; the id that the client itself chooses is the
// correlation id.

import { clone } from '@bufbuild/protobuf';
import { type Flow, type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';

/** What Hubble's agents write in place of a redacted value. */
export const REDACTED = 'HUBBLE_REDACTED';

export const MASK_KINDS = ['header-values', 'query-strings', 'user-info', 'kafka-client-ids'] as const;
export type MaskKind = (typeof MASK_KINDS)[number];

/** How many values of each kind. */
export type MaskCounts = Readonly<Record<MaskKind, number>>;

type Counting = Record<MaskKind, number>;

const WORDS: Readonly<Record<MaskKind, readonly [one: string, many: string]>> = {
  'header-values': ['header value', 'header values'],
  'query-strings': ['query string', 'query strings'],
  'user-info': ['user name or password', 'user names or passwords'],
  'kafka-client-ids': ['Kafka client id', 'Kafka client ids'],
};

/** A copy with everything of these kinds masked, and what was. Without anything to mask, the message itself. */
export function maskResponse(
  response: GetFlowsResponse,
  kinds: readonly MaskKind[] = MASK_KINDS,
): { readonly response: GetFlowsResponse; readonly counts: MaskCounts } {
  const copy = clone(GetFlowsResponseSchema, response);
  const counts = maskInPlace(copy, kinds);
  return { response: hasAny(counts) ? copy : response, counts };
}

/** The same to the message itself, for one that nobody else holds. */
export function maskInPlace(
  { responseTypes }: GetFlowsResponse,
  kinds: readonly MaskKind[] = MASK_KINDS,
): MaskCounts {
  const counts: Counting = noneMasked();
  if (responseTypes.case === 'flow') maskFlow(responseTypes.value, kinds, counts);
  return counts;
}

/** Values that are masked already, by whomever. */
export function maskedIn({ responseTypes }: GetFlowsResponse): MaskCounts {
  const counts = noneMasked();
  if (responseTypes.case !== 'flow') return counts;
  const { l7, Summary } = responseTypes.value;
  const http = l7?.record.case === 'http' ? l7.record.value : undefined;
  const texts = [http?.url ?? '', Summary];
  counts['header-values'] = http?.headers.filter(({ value }) => value === REDACTED).length ?? 0;
  counts['user-info'] = texts.some((text) => text.includes(`//${REDACTED}@`)) ? 1 : 0;
  counts['query-strings'] = texts.some((text) => QUERY_MASKED.test(text)) ? 1 : 0;
  counts['kafka-client-ids'] = Summary.includes(`correlation id ${REDACTED}`) ? 1 : 0;
  return counts;
}

const QUERY_MASKED = new RegExp(String.raw`[?#]${REDACTED}\)?(?!\S)`);

/** `2 header values and 1 query string`; '' for nothing. */
export function maskedText(counts: MaskCounts): string {
  const parts = MASK_KINDS.flatMap((kind) => {
    const count = counts[kind];
    return count === 0 ? [] : [`${String(count)} ${WORDS[kind][count === 1 ? 0 : 1]}`];
  });
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function noneMasked(): Counting {
  return { 'header-values': 0, 'query-strings': 0, 'user-info': 0, 'kafka-client-ids': 0 };
}

function hasAny(counts: MaskCounts): boolean {
  return MASK_KINDS.some((kind) => counts[kind] > 0);
}

function maskFlow(flow: Flow, kinds: readonly MaskKind[], counts: Counting): void {
  const record = flow.l7?.record;
  const wants = (kind: MaskKind): boolean => kinds.includes(kind);
  const inRecord = noneMasked();
  const inSummary = noneMasked();
  if (record?.case === 'http') {
    const { value: http } = record;
    http.url = maskUrl(http.url, wants, inRecord);
    for (const header of http.headers) {
      if (header.value === '' || header.value === REDACTED) continue;
      if (wants('header-values')) {
        header.value = REDACTED;
        counts['header-values']++;
      } else if (/^\/|:\/\//.test(header.value)) {
        header.value = maskUrl(header.value, wants, counts);
      }
    }
  }
  if (record?.case === 'kafka' && wants('kafka-client-ids') && record.value.correlationId !== 0) {
    record.value.correlationId = 0;
    inRecord['kafka-client-ids']++;
  }
  // With or without the record: a field mask may have left the text alone.
  flow.Summary = maskSummary(flow.Summary, wants, inSummary);
  // The same value in the record and in the text is one value.
  for (const kind of MASK_KINDS) counts[kind] += Math.max(inRecord[kind], inSummary[kind]);
}

// `HTTP/1.1 GET url` and `HTTP/1.1 200 3ms (GET url)`, as Hubble writes them. All after the method is the URL.
const HTTP_REQUEST = /^(HTTP\S* [A-Za-z-]+ )(.*)$/s;
const HTTP_RESPONSE = /^(HTTP\S* \d+ \S+ \([^\s(]* )(.*)(\))$/s;
const URL_WORD = /(\(?)(\S*(?:[?#]|:\/\/)\S*?)(\)?)(?!\S)/g;

function maskSummary(text: string, wants: (kind: MaskKind) => boolean, counts: Counting): string {
  const [, before, url, after = ''] = HTTP_RESPONSE.exec(text) ?? HTTP_REQUEST.exec(text) ?? [];
  if (before !== undefined && url !== undefined) return `${before}${maskUrl(url, wants, counts)}${after}`;
  const masked = text.replaceAll(
    URL_WORD,
    (_, open: string, word: string, close: string) => `${open}${maskUrl(word, wants, counts)}${close}`,
  );
  if (!wants('kafka-client-ids')) return masked;
  return masked.replace(/correlation id -?\d+/, () => {
    counts['kafka-client-ids']++;
    return `correlation id ${REDACTED}`;
  });
}

const USER_INFO = /^((?:[a-z][a-z0-9+.-]*:)?\/\/)([^/?#]*)@/i;

/** A URL, or a path with its query. */
function maskUrl(text: string, wants: (kind: MaskKind) => boolean, counts: Counting): string {
  let url = text;
  const user = wants('user-info') ? USER_INFO.exec(url) : null;
  if (user !== null && user[2] !== REDACTED) {
    url = `${user[1] ?? ''}${REDACTED}${url.slice(user[0].length - 1)}`;
    counts['user-info']++;
  }
  const mark = wants('query-strings') ? url.search(/[?#]/) : -1;
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (query !== '' && query !== REDACTED) {
    url = url.slice(0, mark + 1) + REDACTED;
    counts['query-strings']++;
  }
  return url;
}
