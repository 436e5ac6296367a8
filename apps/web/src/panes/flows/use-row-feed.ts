// The row feed of this pane as a React store.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useOpenedViews } from '../../view-state/index.ts';
import { useEngine } from '../pane.ts';
import { createRowFeed, type FeedInput, type FeedSnapshot, type RowFeed } from './row-feed.ts';

export function useRowFeed(input: FeedInput): { readonly feed: RowFeed; readonly snapshot: FeedSnapshot } {
  const engine = useEngine();
  const [feed] = useState(() => createRowFeed(engine));
  const { filter, sinceNs, untilNs, upTo, group } = input;
  const { key, descending } = input.sort;
  const opened = useOpenedViews();
  useEffect(
    () => feed.configure({ filter, sinceNs, untilNs, upTo, group, sort: { key, descending } }),
    [feed, filter, sinceNs, untilNs, upTo, group, key, descending],
  );
  // The list of a view that is opened is shown from its end on, whatever was read in the list before, which may have had
  // no end: after the feed knows the new list.
  useEffect(() => {
    if (opened > 0) feed.setFollowing(true);
  }, [feed, opened]);
  useEffect(() => feed.close, [feed]);
  return { feed, snapshot: useSyncExternalStore(feed.subscribe, feed.snapshot) };
}
