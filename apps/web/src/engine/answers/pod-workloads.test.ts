import type { EndpointPart } from '@finderscope/flow-query';
import { expect, it } from 'vitest';
import { PodWorkloads } from './pod-workloads.ts';

const afar = (podName: string): EndpointPart => ({
  clusterName: 'k',
  namespace: 'shop',
  podName,
  identity: 1,
  labels: [],
  workloads: [],
});
const own = (podName: string, name: string): EndpointPart => ({
  ...afar(podName),
  workloads: [{ kind: 'Deployment', name }],
});

it('is news only where something was told otherwise before', () => {
  const known = new PodWorkloads();
  expect(known.learn(own('cart-1', 'cart')), 'a pod that nobody has asked about').toBe(false);
  expect(known.of(afar('cart-1'))?.name).toBe('cart');
  expect(known.learn(own('cart-1', 'cart')), 'the same again').toBe(false);
  expect(known.learn(own('cart-1', 'basket')), 'another workload').toBe(true);
  expect(known.of(afar('web-1'))).toBeUndefined();
  expect(known.learn(own('web-1', 'web')), 'told as a pod without one').toBe(true);
  expect(known.of(afar('web-1'))?.name).toBe('web');
  expect(known.learn(own('web-1', 'web'))).toBe(false);
});
