// The twin of the map: who, to whom, over which ports, with which verdicts. Every row can be reached and chosen by
// keyboard; a screen reader reads what the map draws.

import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, formatExact, formatSpan, VerdictGlyph } from '../../../widgets/index.ts';
import { portsText, rateText } from '../draw/words.ts';
import { ageOf } from '../model/ageing.ts';
import type { MapGraph, MapNode } from '../model/graph.ts';
import { type LinkRow, linkRows, type RowSort } from '../model/link-rows.ts';
import { sharesOf } from '../model/mix.ts';

export type MapTableProps = {
  readonly graph: MapGraph;
  readonly found: readonly string[] | undefined;
  readonly isChosen: (source: string, target: string) => boolean;
  readonly onChoose: (source: string, target: string) => void;
};

/** Rows drawn before a person asks for more: a browser lays out this many in a few milliseconds. */
const PAGE = 200;

const HEADS: readonly { readonly sort: RowSort | undefined; readonly text: string; readonly look: string }[] =
  [
    { sort: 'source', text: 'From', look: '' },
    { sort: 'target', text: 'To', look: '' },
    { sort: undefined, text: 'Ports', look: '' },
    { sort: 'rate', text: 'Rate', look: 'text-right' },
    { sort: 'drops', text: 'Verdicts', look: '' },
    { sort: undefined, text: 'Last', look: 'text-right' },
  ];

export function MapTable({ graph, found, isChosen, onChoose }: MapTableProps) {
  const [sort, setSort] = useState<RowSort>('drops');
  const [limit, setLimit] = useState(PAGE);
  const rows = useMemo(
    () => linkRows(graph, sort, found === undefined ? undefined : new Set(found)),
    [graph, sort, found],
  );
  // The name of the cluster tells nothing while there is one.
  const several = new Set(graph.nodes.map(({ cluster }) => cluster).filter(Boolean)).size > 1;
  return (
    <div className="min-h-0 flex-1 overflow-auto" data-testid="map-table">
      <table className="w-full border-collapse text-cell">
        <caption className="unseen">Who talks to whom, {formatExact(rows.length)} links</caption>
        <thead className="sticky top-0 bg-base text-head text-text3">
          <tr>
            {HEADS.map((head) => (
              <th
                key={head.text}
                scope="col"
                aria-sort={head.sort === undefined ? undefined : head.sort === sort ? sortWord(sort) : 'none'}
                className={`h-6.5 border-b border-line px-3 font-semibold ${head.look === '' ? 'text-left' : head.look}`}
              >
                {head.sort === undefined ? (
                  head.text
                ) : (
                  <SortButton
                    text={head.text}
                    on={head.sort === sort}
                    onClick={() => setSort(head.sort ?? sort)}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <Row
              key={row.id}
              row={row}
              graph={graph}
              several={several}
              chosen={isChosen(row.source.id, row.target.id)}
              onChoose={() => onChoose(row.source.id, row.target.id)}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="px-3.5 py-3 text-cell text-text3">No link matches.</p>}
      {rows.length > limit && (
        <p className="px-3.5 py-3">
          <Button onClick={() => setLimit(limit + PAGE)}>
            Show {formatExact(Math.min(PAGE, rows.length - limit))} more of {formatExact(rows.length)}
          </Button>
        </p>
      )}
    </div>
  );
}

function sortWord(sort: RowSort): 'ascending' | 'descending' {
  return sort === 'source' || sort === 'target' ? 'ascending' : 'descending';
}

function SortButton({
  text,
  on,
  onClick,
}: {
  readonly text: string;
  readonly on: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`inline-flex items-center gap-1 font-semibold hover:text-text max-tablet:min-h-11 ${on ? 'text-text' : ''}`}
    >
      {text}
      {on && <ChevronDown size={12} aria-hidden />}
    </button>
  );
}

function Row({
  row,
  graph,
  several,
  chosen,
  onChoose,
}: {
  readonly row: LinkRow;
  readonly graph: MapGraph;
  readonly several: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { link } = row;
  const ageMs = ageOf(link.lastSeenNs, graph.nowNs) * 1000;
  return (
    <tr
      className={`h-7 border-b border-line ${chosen ? 'bg-tint-selected' : link.mix.dropped > 0 ? 'bg-tint-dropped' : 'hover:bg-hover'}`}
    >
      <th scope="row" className="px-3 text-left font-normal">
        <button
          type="button"
          aria-pressed={chosen}
          aria-label={`${placeOf(row.source, several)}${row.source.name} to ${placeOf(row.target, several)}${row.target.name}`}
          onClick={onChoose}
          className="focus-inside text-left hover:underline max-tablet:min-h-11"
        >
          <Name node={row.source} several={several} />
        </button>
      </th>
      <td className="px-3">
        <Name node={row.target} several={several} />
      </td>
      <td className="px-3 text-text2">{portsText(link.ports)}</td>
      <td className="px-3 text-right">{rateText(link.count / graph.spanS)}</td>
      <td className="px-3">
        <span className="flex flex-wrap gap-x-3">
          {sharesOf(link.mix).map(({ kind, count }) => (
            <span key={kind} className="inline-flex items-center gap-1 whitespace-nowrap">
              <VerdictGlyph kind={kind} sizePx={11} />
              <span className="unseen">{kind.toUpperCase()}</span>
              <span className={kind === 'dropped' ? 'font-semibold text-dropped' : 'text-text2'}>
                {formatExact(count)}
              </span>
            </span>
          ))}
          {link.dropReason !== '' && link.mix.dropped > 0 && (
            <span className="text-note text-text3">{link.dropReason}</span>
          )}
        </span>
      </td>
      <td className="px-3 text-right whitespace-nowrap text-text3">
        {ageMs < 2000 ? 'now' : `${formatSpan(ageMs)} ago`}
      </td>
    </tr>
  );
}

/** What stands in front of a name: `cluster1/shop/`, or '' for peers outside. */
function placeOf({ cluster, namespace }: MapNode, several: boolean): string {
  return [several ? cluster : '', namespace].map((part) => (part === '' ? '' : `${part}/`)).join('');
}

function Name({ node, several }: { readonly node: MapNode; readonly several: boolean }) {
  const place = placeOf(node, several);
  return (
    <>
      {place !== '' && <span className="text-text3">{place}</span>}
      <span className="font-medium">{node.name}</span>
    </>
  );
}
