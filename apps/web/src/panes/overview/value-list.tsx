// Lines with a bar behind, the longest for the most: what panels of rankings are made of.

import { useState } from 'react';
import { formatExact } from '../../widgets/index.ts';
import { steadyOrder } from '../steady-order.ts';
import type { Choice } from '../../filter-bar/choice.ts';
import { ChoiceButton } from '../../filter-bar/choice-button.tsx';

/** What is counted. */
export type Unit = { readonly one: string; readonly many: string };

export const FLOWS: Unit = { one: 'flow', many: 'flows' };

export type ValueLine = {
  /** Stays the same as long as the line means the same. */
  readonly value: string;
  readonly label: string;
  /** Grey, behind the label. */
  readonly note: string;
  readonly count: number;
  readonly unit: Unit;
  /** CSS variable of the bar. */
  readonly ink: string;
  readonly choice: Choice;
};

export function ValueList({ lines }: { readonly lines: readonly ValueLine[] }) {
  const steady = useSteady(lines);
  const most = Math.max(1, ...steady.map(({ count }) => count));
  const first = steady.findIndex(({ choice }) => choice.length > 0);
  return (
    <ul className="flex flex-col gap-1">
      {steady.map((line, index) => (
        <li key={line.value} className="relative flex min-h-6 max-tablet:min-h-11">
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 min-w-0.5 rounded-token"
            style={{
              width: `${(line.count / most) * 100}%`,
              background: `color-mix(in srgb, var(${line.ink}) 22%, transparent)`,
            }}
          />
          <ChoiceButton
            choice={line.choice}
            said={[
              line.note,
              `${formatExact(line.count)} ${line.count === 1 ? line.unit.one : line.unit.many}`,
            ]
              .filter(Boolean)
              .join(', ')}
            first={index === first}
            className="flex min-w-0 flex-1 items-center gap-2 px-2 text-cell"
          >
            {/* Two names and a port are long: what does not fit beside the names stands below them, whole. */}
            <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
              <span className="max-w-full truncate text-text">{line.label}</span>
              <span aria-hidden className="max-w-full truncate text-text2">
                {line.note}
              </span>
            </span>
            <span aria-hidden className="shrink-0 text-text">
              {formatExact(line.count)}
            </span>
          </ChoiceButton>
        </li>
      ))}
    </ul>
  );
}

/** Lines that do not change places with every count. */
function useSteady(lines: readonly ValueLine[]): readonly ValueLine[] {
  const [before, setBefore] = useState<readonly string[]>([]);
  const ordered = steadyOrder(lines, before);
  const order = ordered.map(({ value }) => value);
  if (order.join('\n') !== before.join('\n')) setBefore(order);
  return ordered;
}
