// The row feed of this pane as a React store.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useEngine } from '../pane.ts';
import { createRowFeed, type FeedInput, type FeedSnapshot, type RowFeed } from './row-feed.ts';

export function useRowFeed(input: FeedInput): { readonly feed: RowFeed; readonly snapshot: FeedSnapshot } {
  const engine = useEngine();
  const [feed] = useState(() => createRowFeed(engine));
  const { filter, sinceNs, untilNs, upTo, group } = input;
  const { key, descending } = input.sort;
  useEffect(
    () => feed.configure({ filter, sinceNs, untilNs, upTo, group, sort: { key, descending } }),
    [feed, filter, sinceNs, untilNs, upTo, group, key, descending],
  );
  useEffect(() => feed.close, [feed]);
  return { feed, snapshot: useSyncExternalStore(feed.subscribe, feed.snapshot) };
}
