// Kafka by API key, topic and error. Deprecated upstream, so it stands last.

import { formatExact } from '../../../widgets/index.ts';
import { shareText } from '../words.ts';
import type { ProtocolView } from './protocol-view.ts';
import { ResultCount } from './result-count.tsx';
import { TONE } from './tone.ts';

export const KAFKA_VIEW: ProtocolView = {
  kind: 'kafka',
  title: 'Kafka',
  call: 'call',
  calls: 'calls',
  byCall: 'By topic',
  keyTitles: ['API key', 'Topic'],
  wide: 1,
  stats: (total) => [
    {
      label: 'errors',
      value: shareText(total.errors, total.responses),
      tone: total.errors === 0 ? 'grey' : 'bad',
    },
  ],
  columns: [
    { title: 'Errors', right: true, cell: ({ errors }) => <ResultCount count={errors} tone="bad" /> },
    {
      title: 'Error codes',
      right: false,
      cell: ({ results }) => {
        const failed = results.filter(({ result }) => result !== '0');
        return failed.length === 0 ? (
          <span className={TONE.grey}>–</span>
        ) : (
          failed.map(({ result, count }) => `${result}: ${formatExact(count)}`).join(', ')
        );
      },
    },
  ],
  // The language has words for the protocol alone.
  choice: () => [{ field: 'protocol', value: 'kafka' }],
};
