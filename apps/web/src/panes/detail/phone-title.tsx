// What became of the flow and when, as the first line on a phone.

import { dropReasonText } from '@finderscope/flow-query';
import type { FlowRow } from '../../engine/protocol.ts';
import { VERDICT_INK, VerdictGlyph, verdictKind, type Zone } from '../../widgets/index.ts';
import { dayClockText, fullTimeText } from '../flow-time.ts';
import { panelTitle } from './panel-title.ts';

export function PhoneTitle({ row, zone }: { readonly row: FlowRow; readonly zone: Zone }) {
  const kind = verdictKind(row.verdict);
  const calm = kind !== 'dropped' && kind !== 'audit' && kind !== 'error';
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 tablet:hidden">
      <VerdictGlyph kind={kind} sizePx={16} />
      <h2 className={`text-why-phone font-semibold ${calm ? 'text-text' : VERDICT_INK[kind]}`}>
        {panelTitle(row, dropReasonText)}
      </h2>
      <time
        className="ml-auto font-mono text-mono whitespace-nowrap text-text2"
        title={fullTimeText(row.timeNs, zone)}
      >
        {dayClockText(row.timeNs, zone)}
      </time>
    </div>
  );
}
