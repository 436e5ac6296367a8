import { expect, it } from 'vitest';
import { linkNote } from './link-note.ts';

it('says why a flow from the link is not held', () => {
  const clock = (ns: bigint) => `t${String(ns)}`;
  expect(linkNote(5n, 9n, clock)).toBe(
    'This flow travelled inside the address; the cluster’s buffers start at t9 and no longer hold it.',
  );
  expect(linkNote(9n, 9n, clock)).toMatch(/; it is not among the flows that the cluster has sent\.$/);
  expect(linkNote(undefined, 9n, clock)).toMatch(/; it is not among the flows that the cluster has sent\.$/);
  expect(linkNote(5n, undefined, clock)).toMatch(/; no flow of the cluster is here yet\.$/);
});
