// What the bars are split by, how long one is, and, where colours alone would not say it, what they stand for.

import { ChevronDown } from 'lucide-react';
import { navigate, SPLIT_IDS } from '../../view-state/index.ts';
import { Button, Menu } from '../../widgets/index.ts';
import { barWords } from '../bar-width.ts';
import type { Bars } from './bars.ts';
import { type Dimension, dimensionOf } from './dimensions.ts';
import { LayerSign } from './readout-panel.tsx';

export type LeftCellProps = {
  readonly dimension: Dimension;
  readonly bucketMs: number;
  readonly bars: Bars | undefined;
  /** What a person can do next, in a few words. */
  readonly hint: string;
};

export function LeftCell({ dimension, bucketMs, bars, hint }: LeftCellProps) {
  const named = dimension.id === 'verdict' ? [] : (bars?.layers.filter(({ total }) => total > 0) ?? []);
  const bar = `1 bar = ${barWords(bucketMs)}.`;
  const unshown = bars?.agents.unshown ?? '';
  return (
    <div className="flex w-(--side-width) shrink-0 flex-col justify-between overflow-hidden py-1.5 pl-3 max-tablet:hidden">
      <div className="flex flex-wrap items-center gap-x-2">
        <h2 className="text-body font-semibold">Timeline</h2>
        <Menu
          label="Split by"
          choose="one"
          items={SPLIT_IDS.map((id) => ({
            id,
            label: `by ${dimensionOf(id).title}`,
            checked: id === dimension.id,
            onSelect: () => navigate({ split: id }),
          }))}
          renderTrigger={(trigger) => (
            <Button {...trigger} small className="px-1.5!">
              by {dimension.title}
              <ChevronDown size={14} aria-hidden className="text-text2" />
            </Button>
          )}
        />
      </div>
      {/* Three names have a line each; more of them share lines. */}
      {named.length > 0 && (
        <ul
          className={`grid gap-x-2 pr-2 text-head text-text2 ${named.length > 3 ? 'grid-cols-[repeat(2,minmax(0,auto))] justify-between' : ''}`}
          aria-label="Legend"
        >
          {named.map((layer) => (
            <li key={layer.name} className="flex min-w-0 items-center gap-1.5">
              <LayerSign layer={layer} />
              <span className="truncate" title={layer.name}>
                {layer.name}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-axis text-text3">
        {bar}
        {named.length > 0 ? '' : ` ${hint}`}
      </p>
      {unshown !== '' && (
        <p className="truncate text-axis text-text3" title={`Agent events that are not shown: ${unshown}.`}>
          Agent events not shown: {unshown}
        </p>
      )}
    </div>
  );
}
