// HTTP by method, path template and status.

import { fieldByName } from '@finderscope/flow-query';
import { templatePattern } from '../../../engine/answers/l7/path-rules.ts';
import type { CallGroup } from '../../../engine/protocol.ts';
import { formatExact } from '../../../widgets/index.ts';
import { classCount, shareText, waitingCount } from '../words.ts';
import type { CallColumn, ProtocolView, Tone } from './protocol-view.ts';
import { ResultCount } from './result-count.tsx';
import { TONE } from './tone.ts';

const CLASSES: readonly { readonly digit: string; readonly ink: string; readonly tone: Tone }[] = [
  { digit: '2', ink: '--fs-forwarded-fill', tone: 'plain' },
  { digit: '3', ink: '--fs-traced-fill', tone: 'plain' },
  { digit: '4', ink: '--fs-audit-fill', tone: 'warn' },
  { digit: '5', ink: '--fs-dropped-fill', tone: 'bad' },
];

export const HTTP_VIEW: ProtocolView = {
  kind: 'http',
  title: 'HTTP',
  call: 'request',
  calls: 'requests',
  byCall: 'By path',
  keyTitles: ['Method', 'Path'],
  wide: 1,
  stats: (total) => [
    { label: '4xx', value: formatExact(classCount(total, '4')), tone: tone(classCount(total, '4'), 'warn') },
    { label: '5xx', value: formatExact(classCount(total, '5')), tone: tone(classCount(total, '5'), 'bad') },
    { label: 'errors', value: shareText(total.errors, total.responses), tone: 'plain' },
    { label: 'denied', value: formatExact(total.denied), tone: tone(total.denied, 'bad') },
    {
      label: 'without response',
      value: formatExact(waitingCount(total)),
      tone: tone(waitingCount(total), 'plain'),
    },
  ],
  columns: [
    { title: 'Status', right: false, cell: (group) => <StatusMix group={group} /> },
    ...CLASSES.map(({ digit, tone: colour }): CallColumn => ({
      title: `${digit}xx`,
      right: true,
      cell: (group) => <ResultCount count={classCount(group, digit)} tone={colour} />,
    })),
    {
      title: 'Errors',
      right: true,
      cell: ({ errors, responses }) => (
        <span className={errors === 0 ? TONE.grey : 'font-semibold text-text'}>
          {shareText(errors, responses)}
        </span>
      ),
    },
  ],
  choice: ([method, template]) => [
    ...(method === '' ? [] : [{ field: 'http-method', value: method }]),
    ...(template === '' || fieldByName('http-path') === undefined
      ? []
      : [{ field: 'http-path', value: templatePattern(template) }]),
  ],
};

function tone(count: number, colour: Tone): Tone {
  return count === 0 ? 'grey' : colour;
}

/** Decorative: the counts stand beside it. */
function StatusMix({ group }: { readonly group: CallGroup }) {
  const rest = Math.max(0, group.requests - group.responses);
  return (
    <span aria-hidden className="flex h-2 w-24 gap-px">
      {CLASSES.map(({ digit, ink }) => {
        const count = classCount(group, digit);
        return count === 0 ? null : (
          <span key={digit} style={{ flex: `${count} 0 2px`, background: `var(${ink})` }} />
        );
      })}
      {rest > 0 && <span className="hatched" style={{ flex: `${rest} 0 2px` }} />}
    </span>
  );
}
