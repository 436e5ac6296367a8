import { useAnswer } from '../pane.ts';

/** Whether what is held comes from more than one cluster: then a name alone does not say which. */
export function useSeveralClusters(): boolean {
  const answer = useAnswer({ kind: 'facets', filter: '', fields: ['cluster'], limit: 1 });
  return (answer?.facets[0]?.distinct ?? 0) > 1;
}
