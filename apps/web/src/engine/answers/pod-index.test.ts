import type { EndpointPart } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { PodIndex } from './pod-index.ts';

/** One pod a line: `cluster:namespace/pod of workload`. */
function indexOf(text: string): PodIndex {
  const owners = new Map<string, { readonly id: string; readonly name: string }>();
  const index = new PodIndex(({ clusterName, namespace, podName }) =>
    owners.get(`${clusterName}:${namespace}/${podName}`),
  );
  for (const line of text.trim().split('\n')) {
    const [at = '', , workload = ''] = line.trim().split(' ');
    const [clusterName = '', rest = ''] = at.split(':');
    const [namespace = '', podName = ''] = rest.split('/');
    owners.set(at, { id: `${clusterName}:${workload}`, name: workload });
    index.add({ clusterName, namespace, podName, identity: 1, labels: [], workloads: [] });
  }
  return index;
}

const ONE = indexOf(`
  k:shop/cart-7f9c-aaaaa of cart
  k:shop/cart-7f9c-bbbbb of cart
  k:shop/cart-db-0 of cart-db
  k:shop/cart-db-1 of cart-db
  k:shop/web-55-ccccc of web
  k:shop/web-56-ddddd of web
  k:shop/log-aaaaa of log
  k:shop/log-bbbbb of log
  k:shop/log-keeper-0 of log-keeper
  k:shop/xwing of xwing
  k:shop/xwing-2 of xwing-2
  k:other/web-1 of web-1
  k:shop/cut-off-name-aaaaa of cut-off-names
`);

describe('the pods of a node', () => {
  it.each([
    ['web', ['shop/web-'], 0],
    ['cart-db', ['shop/cart-db-'], 0],
    ['cart', ['shop/cart-7f9c-'], 0],
    ['log', ['shop/log-aaaaa', 'shop/log-bbbbb'], 0],
    ['xwing-2', ['shop/xwing-2'], 0],
    // Hubble has no word for the end of a name.
    ['xwing', ['shop/xwing'], 1],
    ['cut-off-names', ['shop/cut-off-name-aaaaa'], 0],
  ])('%s are asked for by %j', (workload, values, others) => {
    expect(ONE.namesOf('shop', `k:${workload}`)).toEqual({ values, others });
  });

  it('of a node without pods are not asked for', () => {
    expect(ONE.namesOf('shop', 'k:nobody')).toBeUndefined();
  });

  it('are asked for by the beginning that leaves out a pod that comes later', () => {
    const index = indexOf('k:shop/cart-7f9c-aaaaa of cart\nk:shop/a of a');
    expect(index.namesOf('shop', 'k:cart')?.values).toEqual(['shop/cart-']);
    index.add({ clusterName: 'k', namespace: 'shop', podName: 'cart-db-0' } as EndpointPart);
    expect(index.namesOf('shop', 'k:cart')?.values).toEqual(['shop/cart-']);
  });

  it('of another cluster are left to the filter for clusters', () => {
    const two = indexOf('a:shop/web-1-x of web\nb:shop/web-2-y of web\na:shop/web-db of web-db');
    expect(two.namesOf('shop', 'a:web')).toEqual({ values: ['shop/web-1-'], others: 0 });
    expect(two.namesOf('shop', 'b:web')).toEqual({ values: ['shop/web-'], others: 0 });
  });

  it('of which there are too many to name find others, and say how many', () => {
    const many = Array.from({ length: 60 }, (_, n) => `k:shop/log-${n % 2 === 0 ? 'b' : 'x'}${n} of log`);
    const index = indexOf([...many, 'k:shop/log-keeper-0 of log-keeper'].join('\n'));
    expect(index.namesOf('shop', 'k:log')).toEqual({ values: ['shop/log-'], others: 1 });
  });
});
