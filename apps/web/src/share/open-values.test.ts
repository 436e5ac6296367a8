import { describe, expect, it } from 'vitest';
import { openValues } from './open-values.ts';

describe('openValues', () => {
  it.each([
    ['http-header:Authorization:abc', ['http-header in the filter']],
    [String.raw`http-url:^http://shop/\?token=abc$`, ['http-url in the filter']],
    ['not http-url:[?]token=abc', ['http-url in the filter']],
    ['http-url:http://ann:pw@shop/', ['http-url in the filter']],
    [
      '(verdict:DROPPED or http-path:token=abc) http-url:x=1',
      ['http-path in the filter', 'http-url in the filter'],
    ],
    [`raw-filter:'{"http_header":[{"key":"a","value":"b"}]}'`, ['raw-filter in the filter']],
    ['htp-url:http://shop/?token=abc', ['what cannot be read in the filter']],
    // It may be a part of a query as well.
    ['http-url:c4f3b4b3', ['http-url in the filter']],
    ['http-url:^.*c4f3b4b3', ['http-url in the filter']],
    // What a click on a URL makes, and what says nothing of anybody.
    ['http-url:^http://[^/?#]*@shop/cart[?#].*$', []],
    [String.raw`http-url:^http://shop\.default:8080/v1/items$`, []],
    ['http-url:^http://shop/.*', []],
    [String.raw`http-path:^/v1/(\?.*)?$`, []],
    ['from-label:app=web verdict:DROPPED', []],
    [`raw-filter:'{"source_label":["app=web"]}'`, []],
    ['', []],
  ])('%s', (filter, named) => {
    expect(openValues({ filter, find: '' })).toEqual(named);
  });

  it('names the text to find', () => {
    expect(openValues({ filter: 'http-header:a:b', find: '/cart?token=abc' })).toEqual([
      'http-header in the filter',
      'the text to find',
    ]);
    expect(openValues({ filter: '', find: 'deathstar' })).toEqual([]);
  });
});
