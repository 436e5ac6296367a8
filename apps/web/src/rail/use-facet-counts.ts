// What the engine counts for the rail, live while the rail is on screen: one question for all facets, and one for the
// facet that is searched. A facet's own tokens do not hide its alternatives in either.

import { useMemo } from 'react';
import { useAnswer, useMoment, useTimeRange } from '../panes/pane.ts';
import { type FacetCounts, withoutOwn } from './facet-rows.ts';
import { countedBy, type FacetDef } from './facets.ts';

/** More than a section shows, so that rows at its end do not come and go with every count. */
const COUNTED = 64;
const FOUND = 200;

export type CountsByFacet = ReadonlyMap<string, FacetCounts>;

/** Counts by the facet's id; undefined before the first answer. Old counts stay until those of a new filter are there. */
export function useFacetCounts(facets: readonly FacetDef[], filter: string): CountsByFacet | undefined {
  const { upTo } = useMoment();
  const { sinceNs, untilNs } = useTimeRange();
  const answer = useAnswer({
    kind: 'facets',
    filter,
    fields: facets.map(countedBy),
    limit: COUNTED,
    window: { sinceNs, untilNs, upTo },
  });
  return useMemo(() => {
    if (answer === undefined) return undefined;
    const byField = new Map(answer.facets.map((facet) => [facet.field, facet]));
    return new Map(
      facets.flatMap((facet) => {
        const counted = byField.get(countedBy(facet));
        return counted === undefined ? [] : [[facet.id, counted] as const];
      }),
    );
  }, [facets, answer]);
}

/** Values of one facet that hold what was typed; undefined before the first answer, and while nothing is looked for. */
export function useFoundValues(
  facet: FacetDef,
  filter: string,
  typed: string | undefined,
): FacetCounts | undefined {
  return useAnswer(
    typed === undefined
      ? undefined
      : {
          kind: 'values',
          field: countedBy(facet),
          contains: typed.trim(),
          filter: withoutOwn(filter, facet),
          limit: FOUND,
        },
  );
}
