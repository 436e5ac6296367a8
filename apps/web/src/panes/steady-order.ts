// Rows by count, without jumping: two that are nearly as frequent would change places four times a second.

const LEAD = 1.1;

/**
 * `wanted` names in their order by count, rearranged towards `before` (the order on screen): a row passes the one above
 * it only with a lead of a tenth. New rows come in where they belong; what is no longer wanted leaves.
 */
export function steadyOrder<T extends { readonly value: string; readonly count: number }>(
  wanted: readonly T[],
  before: readonly string[],
): readonly T[] {
  const place = new Map(before.map((value, index) => [value, index]));
  const rows: T[] = [];
  for (const row of wanted) {
    let at = rows.length;
    while (at > 0 && mayStayAbove(row, rows[at - 1], place)) at--;
    rows.splice(at, 0, row);
  }
  return rows;
}

/** Whether `row`, which has the smaller count, keeps its place above `other`. */
function mayStayAbove<T extends { readonly value: string; readonly count: number }>(
  row: T,
  other: T | undefined,
  place: ReadonlyMap<string, number>,
): boolean {
  if (other === undefined) return false;
  const rowPlace = place.get(row.value);
  const otherPlace = place.get(other.value);
  if (rowPlace === undefined || otherPlace === undefined || rowPlace > otherPlace) return false;
  return other.count <= row.count * LEAD;
}
