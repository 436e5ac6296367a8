// Every exclusion in force, and what revealing it would bring back. Nothing is excluded that is not listed here.

export type Exclusion = {
  /** As it stands in the filter, one value each: "not verdict:TRACED". */
  readonly text: string;
  /** The filter without it. */
  readonly without: string;
};

export type HiddenList = {
  readonly rows: readonly (Exclusion & {
    /** Flows held that would show again; undefined before they are counted. */
    readonly count: number | undefined;
  })[];
  /** Flows held that all exclusions together hide; undefined before they are counted. */
  readonly total: number | undefined;
};

/** Filters to count, in this order: the one in force, the one without any exclusion, the one without each. */
export function hiddenFilters(
  filter: string,
  exclusions: readonly Exclusion[],
  withoutAll: string,
): readonly string[] {
  return [filter, withoutAll, ...exclusions.map((exclusion) => exclusion.without)];
}

export function hiddenList(
  exclusions: readonly Exclusion[],
  counts: readonly number[] | undefined,
): HiddenList {
  const [shown, revealed, ...each] = counts ?? [];
  const beyond = (count: number | undefined) =>
    count === undefined || shown === undefined ? undefined : Math.max(0, count - shown);
  return {
    rows: exclusions.map((exclusion, index) => ({ ...exclusion, count: beyond(each[index]) })),
    total: beyond(revealed),
  };
}
