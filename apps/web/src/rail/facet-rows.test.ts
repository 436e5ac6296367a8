import { defined } from '@finderscope/base';
import { dnsRcodeExpression, quoteValue } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { facetRows, matchingFlows, shownRows, withoutOwn } from './facet-rows.ts';
import { FACETS, type FacetDef } from './facets.ts';

function facet(id: string): FacetDef {
  return defined(
    FACETS.find((item) => item.id === id),
    id,
  );
}

/** `FORWARDED 5 included` per row. */
function lines(id: string, counted: readonly (readonly [string, number])[], filter = ''): readonly string[] {
  const values = counted.map(([value, count]) => ({ value, count }));
  return facetRows(facet(id), { values, distinct: values.length }, filter).rows.map(
    (row) => `${row.label} ${row.count}${row.state === 'none' ? '' : ` ${row.state}`}`,
  );
}

describe('facetRows', () => {
  it('gives every verdict a row in its place, also unseen', () => {
    expect(
      lines('verdict', [
        ['DROPPED', 9],
        ['FORWARDED', 5],
      ]),
    ).toEqual(['FORWARDED 5', 'DROPPED 9', 'REDIRECTED 0', 'AUDIT 0', 'ERROR 0', 'TRACED 0', 'TRANSLATED 0']);
  });

  it('says what the filter says, however it is written', () => {
    expect(
      lines(
        'direction',
        [
          ['ingress', 4],
          ['egress', 2],
        ],
        'direction:ingress -direction:EGRESS',
      ),
    ).toEqual(['INGRESS 4 included', 'EGRESS 2 excluded']);
  });

  it('keeps what is asked for and not seen', () => {
    expect(lines('namespace', [['shop', 4]], 'namespace:default or shop')).toEqual([
      'shop 4 included',
      'default 0 included',
    ]);
  });

  it('folds status codes into classes and leaves sub types of trace to trace', () => {
    expect(
      lines(
        'http-status',
        [
          ['200', 7],
          ['404', 3],
          ['403', 5],
          ['204', 1],
        ],
        'http-status:404 or 2+',
      ),
    ).toEqual(['2xx 8 included', '4xx 8', '404 3 included']);
    expect(
      lines('type', [
        ['trace', 9],
        ['trace:to-endpoint', 6],
        ['l7', 2],
      ]),
    ).toEqual(['trace 9', 'l7 2']);
  });

  it('marks what the language has no word for', () => {
    const counts = { values: [{ value: '9', count: 1 }], distinct: 1 };
    const row = facetRows(facet('verdict'), counts, '').rows.at(-1);
    expect(row).toMatchObject({ value: '9', filterable: false });
  });

  it('has one line for a workload, however the filter names it', () => {
    const counted = [['cart', 7]] as const;
    expect(lines('workload', counted, 'workload:cart')).toEqual(['cart 7 included']);
    // The kind narrows it: a line of its own, with its own count from the engine.
    expect(lines('workload', [...counted, ['Job/cart', 2]], 'workload:Job/cart')).toEqual([
      'cart 7',
      'Job/cart 2 included',
    ]);
  });
});

describe('matchingFlows', () => {
  it.each([
    ['', 16],
    ['verdict:DROPPED', 9],
    ['not verdict:FORWARDED', 11],
    ['verdict:DROPPED or AUDIT not verdict:DROPPED', 2],
  ])('%s', (filter, expected) => {
    const values = [
      { value: 'DROPPED', count: 9 },
      { value: 'FORWARDED', count: 5 },
      { value: 'AUDIT', count: 2 },
    ];
    expect(matchingFlows(facetRows(facet('verdict'), { values, distinct: 3 }, filter).rows)).toBe(expected);
  });
});

describe('withoutOwn', () => {
  it.each([
    ['namespace:a or b verdict:DROPPED', 'verdict:DROPPED'],
    ['not namespace:a port:80', 'port:80'],
    ['from-namespace:a', 'from-namespace:a'],
    ['(namespace:a or port:80) namespace:b', '(namespace:a or port:80)'],
  ])('%s', (filter, rest) => {
    expect(withoutOwn(filter, facet('namespace'))).toBe(rest);
  });
});

describe('a facet that filters by expressions of its own', () => {
  const rcode = facet('dns-rcode');
  const counts = {
    values: [
      { value: 'NOERROR', count: 20 },
      { value: 'NXDOMAIN', count: 3 },
    ],
    distinct: 2,
  };
  const nxdomain = dnsRcodeExpression(3);

  it('asks by the expression and reads as the code', () => {
    expect(facetRows(rcode, counts, '').rows).toMatchObject([
      { label: 'NOERROR', count: 20, value: dnsRcodeExpression(0), filterable: true, state: 'none' },
      { label: 'NXDOMAIN', count: 3, value: nxdomain, filterable: true, state: 'none' },
    ]);
    const asked = `cel-expression:${quoteValue(nxdomain)}`;
    expect(facetRows(rcode, counts, asked).rows[1]).toMatchObject({ label: 'NXDOMAIN', state: 'included' });
    expect(facetRows(rcode, { values: [], distinct: 0 }, asked).rows).toMatchObject([
      { label: 'NXDOMAIN', count: 0, state: 'included' },
    ]);
  });

  it('leaves other expressions alone', () => {
    const other = 'cel-expression:_flow.l4.TCP.flags.RST';
    expect(facetRows(rcode, counts, other).rows).toHaveLength(2);
    expect(withoutOwn(other, rcode)).toBe(other);
    expect(withoutOwn(`${other} or ${quoteValue(nxdomain)}`, rcode)).toBe(other);
  });
});

describe('shownRows', () => {
  const names = (id: string, count: number, distinct: number, filter = '') => {
    const values = Array.from({ length: count }, (_, at) => ({ value: `w${at}`, count: 100 - at }));
    const all = facetRows(facet(id), { values, distinct }, filter);
    return `${shownRows(all)
      .map(({ label }) => label)
      .join(' ')} of ${all.distinct}`;
  };

  it('shows the first six, and what the filter speaks of', () => {
    expect(names('workload', 20, 300)).toBe('w0 w1 w2 w3 w4 w5 of 300');
    expect(names('workload', 20, 300, 'not workload:w9')).toBe('w0 w1 w2 w3 w4 w5 w9 of 300');
  });

  it('shows one or two more rather than a search for them', () => {
    expect(names('workload', 8, 8)).toBe('w0 w1 w2 w3 w4 w5 w6 w7 of 8');
    expect(names('workload', 9, 9)).toBe('w0 w1 w2 w3 w4 w5 of 9');
    const values = [{ value: 'VERDICT_UNKNOWN', count: 1 }];
    expect(shownRows(facetRows(facet('verdict'), { values, distinct: 1 }, ''))).toHaveLength(8);
  });
});
