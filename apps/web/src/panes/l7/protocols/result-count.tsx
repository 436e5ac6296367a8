// A count in a column: a dash for nothing, colour only for what is wrong.

import { formatExact } from '../../../widgets/index.ts';
import type { Tone } from './protocol-view.ts';
import { TONE } from './tone.ts';

export function ResultCount({ count, tone }: { readonly count: number; readonly tone: Tone }) {
  return count === 0 ? (
    <span className="text-text3">–</span>
  ) : (
    <span className={TONE[tone]}>{formatExact(count)}</span>
  );
}
