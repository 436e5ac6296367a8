import { create, toBinary } from '@bufbuild/protobuf';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactLine } from '../text/compact-line.ts';
import { toJsonpb } from '../text/json-line.ts';
import { MASK_KINDS, maskedIn, maskedText, maskInPlace, maskResponse, REDACTED } from './mask-flow.ts';

type Header = { readonly key: string; readonly value: string };

function http(url: string, headers: readonly Header[] = [], summary = `HTTP/1.1 GET ${url}`) {
  return create(GetFlowsResponseSchema, {
    nodeName: 'k8s-w1',
    responseTypes: {
      case: 'flow',
      value: {
        uuid: 'u-1',
        Type: 2,
        eventType: { type: 129 },
        l7: {
          type: 1,
          record: {
            case: 'http',
            value: { method: 'GET', url, protocol: 'HTTP/1.1', headers: [...headers] },
          },
        },
        Summary: summary,
      },
    },
  });
}

function flowOf(response: ReturnType<typeof http>) {
  if (response.responseTypes.case !== 'flow') throw new Error('no flow');
  return response.responseTypes.value;
}

function urlOf(response: ReturnType<typeof http>): string {
  const record = flowOf(response).l7?.record;
  return record?.case === 'http' ? record.value.url : '';
}

describe('maskResponse', () => {
  it.each([
    ['http://shop/cart?token=s3cret', `http://shop/cart?${REDACTED}`],
    ['http://shop/cart#s3cret', `http://shop/cart#${REDACTED}`],
    ['http://ann:s3cret@shop/cart', `http://${REDACTED}@shop/cart`],
    ['http://s3cret@shop:8080/?s3cret', `http://${REDACTED}@shop:8080/?${REDACTED}`],
    ['//ann:s3cret@shop/', `//${REDACTED}@shop/`],
    ['/cart?s3cret', `/cart?${REDACTED}`],
    ['/cart?', '/cart?'],
    ['/users/ann@shop', '/users/ann@shop'],
    ['http://shop/users/ann@shop', 'http://shop/users/ann@shop'],
    ['', ''],
  ])('masks %j as %j, in the summary too', (url, masked) => {
    const { response } = maskResponse(http(url));
    expect(urlOf(response)).toBe(masked);
    expect(flowOf(response).Summary).toBe(`HTTP/1.1 GET ${masked}`);
    expect(compactLine(response)).not.toContain('s3cret');
  });

  it('masks values of headers and keeps their names', () => {
    const { response, counts } = maskResponse(
      http('http://shop/', [
        { key: 'Authorization', value: 'Bearer s3cret' },
        { key: 'Empty', value: '' },
        { key: 'X-Request-Id', value: REDACTED },
      ]),
    );
    const record = flowOf(response).l7?.record;
    expect(record?.case === 'http' ? record.value.headers.map(({ key, value }) => [key, value]) : []).toEqual(
      [
        ['Authorization', REDACTED],
        ['Empty', ''],
        ['X-Request-Id', REDACTED],
      ],
    );
    expect(maskedText(counts)).toBe('1 header value');
    expect(maskedText(maskedIn(response))).toBe('2 header values');
  });

  it('masks the queries of URLs in headers when headers are shown', () => {
    const { response } = maskResponse(
      http('http://shop/', [
        { key: 'Referer', value: 'https://shop/login?s3cret' },
        { key: 'Question', value: 'who?' },
      ]),
      ['query-strings'],
    );
    expect(toJsonpb(response)).not.toContain('s3cret');
    expect(toJsonpb(response)).toContain('who?');
  });

  it('masks the URL of a response, in parentheses', () => {
    const url = 'http://shop/a?b=(s3cret)&c=s3cret';
    const { response } = maskResponse(http(url, [], `HTTP/1.1 200 3ms (GET ${url})`));
    expect(flowOf(response).Summary).toBe(`HTTP/1.1 200 3ms (GET http://shop/a?${REDACTED})`);
  });

  it('masks what a Kafka client calls its request', () => {
    const response = create(GetFlowsResponseSchema, {
      responseTypes: {
        case: 'flow',
        value: {
          l7: { record: { case: 'kafka', value: { apiKey: 'produce', correlationId: 77, topic: 't' } } },
          Summary: "Kafka request produce correlation id 77 topic 't'",
        },
      },
    });
    const masked = maskResponse(response);
    expect(toJsonpb(masked.response)).not.toContain('77');
    expect(flowOf(masked.response).Summary).toBe(
      `Kafka request produce correlation id ${REDACTED} topic 't'`,
    );
    expect(maskedText(masked.counts)).toBe('1 Kafka client id');
    expect(maskedIn(masked.response)).toEqual(masked.counts);
  });

  it.each([
    ['HTTP/1.1 GET http://shop/?s3cret', `HTTP/1.1 GET http://shop/?${REDACTED}`, '1 query string'],
    ['HTTP/1.1 GET /cart?t=(s3cret)&b=s3cret', `HTTP/1.1 GET /cart?${REDACTED}`, '1 query string'],
    ['HTTP/2 GET /cart?a b=s3cret', `HTTP/2 GET /cart?${REDACTED}`, '1 query string'],
    [
      'HTTP/1.1 200 3ms (GET http://ann:s3cret@shop/a?b=(s3cret)&c=s3cret)',
      `HTTP/1.1 200 3ms (GET http://${REDACTED}@shop/a?${REDACTED})`,
      '1 query string and 1 user name or password',
    ],
    ['HTTP/1.1 403 0ms (PUT /v1#s3cret)', `HTTP/1.1 403 0ms (PUT /v1#${REDACTED})`, '1 query string'],
    ['GET (http://s3cret@shop/)', `GET (http://${REDACTED}@shop/)`, '1 user name or password'],
    [
      "Kafka request produce correlation id 77 topic 't'",
      `Kafka request produce correlation id ${REDACTED} topic 't'`,
      '1 Kafka client id',
    ],
  ])('masks the text %j of a flow without a record, and counts it', (summary, masked, words) => {
    const response = create(GetFlowsResponseSchema, {
      responseTypes: { case: 'flow', value: { Summary: summary } },
    });
    const { response: out, counts } = maskResponse(response);
    expect(flowOf(out).Summary).toBe(masked);
    expect(maskedText(counts)).toBe(words);
    expect(maskedIn(out)).toEqual(counts);
    // A record without its URL is no better.
    expect(flowOf(maskResponse(http('', [], summary)).response).Summary).toBe(masked);
  });

  it.each(['TCP Flags: SYN, ACK', 'DNS Query a.b. AAAA', 'ICMPv4 EchoRequest', 'HTTP/1.1 GET /a/b', ''])(
    'leaves the text %j alone',
    (summary) => {
      const response = create(GetFlowsResponseSchema, {
        responseTypes: { case: 'flow', value: { Summary: summary } },
      });
      expect(maskResponse(response).response).toBe(response);
    },
  );

  it('masks only the kinds that are asked for', () => {
    const url = 'http://ann:pw@shop/?q=1';
    expect(urlOf(maskResponse(http(url), ['user-info']).response)).toBe(`http://${REDACTED}@shop/?q=1`);
    expect(urlOf(maskResponse(http(url), ['query-strings']).response)).toBe(
      `http://ann:pw@shop/?${REDACTED}`,
    );
    const { response, counts } = maskResponse(http(url), []);
    expect(urlOf(response)).toBe(url);
    expect(maskedText(counts)).toBe('');
  });

  it('leaves the message alone, and what holds nothing of the kind is the message itself', () => {
    const response = http('http://shop/?q=1');
    const before = toBinary(GetFlowsResponseSchema, response);
    maskResponse(response);
    expect(toBinary(GetFlowsResponseSchema, response)).toEqual(before);
    const plain = http('http://shop/');
    expect(maskResponse(plain).response).toBe(plain);
  });

  it('leaves no secret anywhere, and says the same of a message that is masked already', () => {
    const secret = fc.stringMatching(/^s3c[a-z0-9=&]{3,12}$/);
    fc.assert(
      fc.property(secret, fc.boolean(), fc.boolean(), fc.boolean(), (word, user, query, header) => {
        const url = `http://${user ? `ann:${word}@` : ''}shop:80/a/b${query ? `?x=${word}` : ''}`;
        const response = http(url, header ? [{ key: 'Cookie', value: word }] : []);
        const counts = maskInPlace(response);
        expect(toJsonpb(response)).not.toContain(word);
        expect(MASK_KINDS.map((kind) => counts[kind])).toEqual([+header, +query, +user, 0]);
        expect(maskedIn(response)).toEqual(counts);
        expect(maskedText(maskInPlace(response))).toBe('');
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('writes counts as words', () => {
    expect(
      maskedText({ 'header-values': 2, 'query-strings': 1, 'user-info': 1, 'kafka-client-ids': 0 }),
    ).toBe('2 header values, 1 query string and 1 user name or password');
  });
});
