// DNS by name, record type and result, with what was answered.

import type { CallGroup } from '../../../engine/protocol.ts';
import { dnsChoice } from '../../../filter-bar/dns-name.ts';
import { formatExact } from '../../../widgets/index.ts';
import { isSearchPath, waitingCount } from '../words.ts';
import type { ProtocolView, Tone } from './protocol-view.ts';
import { TONE } from './tone.ts';

const ANSWERS_SHOWN = 2;

export const DNS_VIEW: ProtocolView = {
  kind: 'dns',
  title: 'DNS',
  call: 'query',
  calls: 'queries',
  byCall: 'By name',
  keyTitles: ['Name', 'Type'],
  wide: 0,
  stats: (total) => [
    ...total.results
      .filter(({ result }) => result !== 'NOERROR')
      .map(({ result, count }) => ({ label: result, value: formatExact(count), tone: toneOf(result) })),
    {
      label: 'slower than 100 ms',
      value: formatExact(total.slow),
      tone: total.slow === 0 ? ('grey' as const) : ('warn' as const),
    },
    {
      label: 'without answer',
      value: formatExact(waitingCount(total)),
      tone: waitingCount(total) === 0 ? ('grey' as const) : ('plain' as const),
    },
  ],
  columns: [
    {
      title: 'Rcode',
      right: false,
      cell: ({ results }) => (
        <span className="flex gap-2.5">
          {results.length === 0 && <span className={TONE.grey}>–</span>}
          {results.map(({ result, count }) => (
            <span key={result} className={`whitespace-nowrap ${TONE[toneOf(result)]}`}>
              {result} {formatExact(count)}
            </span>
          ))}
        </span>
      ),
    },
    { title: 'Answer', right: false, cell: ({ answer }) => <Answer answer={answer} /> },
    {
      title: 'TTL',
      right: true,
      cell: ({ answer }) =>
        answer === undefined || answer.ttlS === 0 ? '–' : `${formatExact(answer.ttlS)} s`,
    },
    { title: 'Note', right: false, cell: (group) => noteOf(group) },
  ],
  choice: ([name]) => dnsChoice(name),
};

/** Refusals of a name are usual; anything else is a server that fails. */
function toneOf(rcode: string): Tone {
  if (rcode === 'NOERROR') return 'grey';
  return rcode === 'NXDOMAIN' ? 'warn' : 'bad';
}

function Answer({ answer }: { readonly answer: CallGroup['answer'] }) {
  if (answer === undefined) return <span className={TONE.grey}>–</span>;
  const all = [...answer.ips, ...answer.cnames];
  if (all.length === 0) return <span className={TONE.grey}>no records</span>;
  const more = all.length - ANSWERS_SHOWN;
  return (
    <span title={all.join(', ')}>
      {all.slice(0, ANSWERS_SHOWN).join(', ')}
      {more > 0 && ` and ${formatExact(more)} more`}
    </span>
  );
}

function noteOf({ key, results, slow }: CallGroup): string {
  const failed = results.some(({ result }) => result === 'NXDOMAIN');
  return [failed && isSearchPath(key[0]) ? 'search path' : '', slow > 0 ? `${formatExact(slow)} slow` : '']
    .filter(Boolean)
    .join(', ');
}
