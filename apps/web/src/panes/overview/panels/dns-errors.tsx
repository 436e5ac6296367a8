// Names that could not be looked up, as far as a proxy saw the answers.

import { removeKeys } from '@finderscope/flow-query';
import { formatExact } from '../../../widgets/index.ts';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../../pane.ts';
import { dnsChoice } from '../../../filter-bar/dns-name.ts';
import { Panel } from '../panel.tsx';
import { ValueList } from '../value-list.tsx';

const SHOWN = 8;
const FAILED = [{ field: 'dns-rcode', is: 'other-than', values: ['NOERROR'] }] as const;

export function DnsErrorsPanel() {
  const { upTo } = useMoment();
  const filter = removeKeys(useFilter(), ['dns-query']);
  const query = { filter, window: { ...useTimeRange(), upTo } } as const;
  const failed = useAnswer({
    kind: 'top',
    by: ['dns-query', 'dns-rcode'],
    where: FAILED,
    limit: SHOWN,
    ...query,
  });
  const codes = useAnswer({ kind: 'top', by: ['dns-rcode'], limit: 32, ...query });
  const answers = codes?.total ?? 0;
  return (
    <Panel
      title="DNS errors"
      note={answers === 0 ? '' : `${formatExact(failed?.total ?? 0)} of ${formatExact(answers)} answers`}
      waiting={failed === undefined || codes === undefined}
      empty={
        answers === 0
          ? 'No DNS answer seen. They appear where a policy has a DNS rule.'
          : failed?.groups.length === 0
            ? 'Every answer seen is NOERROR.'
            : undefined
      }
    >
      {failed !== undefined && (
        <ValueList
          lines={failed.groups.map(({ values: [name = '', rcode = ''], count }) => ({
            value: `${rcode} ${name}`,
            label: name === '' ? 'no name given' : name,
            note: rcode,
            count,
            unit: { one: 'answer', many: 'answers' },
            ink: rcode === 'SERVFAIL' ? '--fs-dropped-fill' : '--fs-audit-fill',
            choice: dnsChoice(name),
          }))}
        />
      )}
      {codes !== undefined && (
        <p className="mt-2 text-note text-text2">
          {codes.groups.map(({ values: [rcode = ''], count }) => `${rcode} ${formatExact(count)}`).join(', ')}
        </p>
      )}
    </Panel>
  );
}
