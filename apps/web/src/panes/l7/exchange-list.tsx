// The newest calls of a group, each with its response: one opens in the flow panel.

import type { CallGroup, CallsQuery, Exchange, L7Kind } from '../../engine/protocol.ts';
import { useSettings } from '../../settings/index.ts';
import { navigate, useView } from '../../view-state/index.ts';
import { LongName } from '../../widgets/index.ts';
import { openKey } from '../flow-key.ts';
import { clockText } from '../flow-time.ts';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../pane.ts';
import { traceUrl } from './trace-link.ts';
import { latencyText } from './words.ts';

const SHOWN = 10;

export type ExchangeListProps = {
  readonly protocol: L7Kind;
  readonly by: CallsQuery['by'];
  readonly group: CallGroup['key'];
};

export function ExchangeList({ protocol, by, group }: ExchangeListProps) {
  const { upTo } = useMoment();
  const { pathRules, traceLink } = useSettings();
  const { zone } = useView();
  const answer = useAnswer({
    kind: 'exchanges',
    filter: useFilter(),
    protocol,
    by,
    group,
    rules: pathRules,
    limit: SHOWN,
    window: { ...useTimeRange(), upTo },
  });
  if (answer === undefined) return <p className="px-3.5 py-1 text-text3">Reading the newest…</p>;
  if (answer.exchanges.length === 0) {
    return (
      <p className="px-3.5 py-1 text-text3">
        {answer.unreadable > 0
          ? 'The bytes of these flows are no longer held: only their counts are left.'
          : 'None of the newest flows belongs here.'}
      </p>
    );
  }
  return (
    <ul className="py-1" aria-label="Newest calls">
      {answer.exchanges.map((exchange) => (
        <li key={exchange.row} className="flex flex-wrap items-center gap-x-4 px-3.5 hover:bg-hover">
          <button
            type="button"
            onClick={() =>
              navigate({ flow: openKey({ id: exchange.row, uuid: exchange.uuid }), detail: true })
            }
            className="focus-inside flex min-h-6 min-w-0 flex-1 flex-wrap items-center gap-x-4 text-left max-tablet:min-h-11"
          >
            <span className="font-mono text-mono-small text-text2">{clockText(exchange.timeNs, zone)}</span>
            <span className="flex min-w-0 items-center gap-2 @5xl:w-115">
              <LongName namespace={exchange.client.namespace} name={exchange.client.name} />
              <span className="text-text3">→</span>
              <LongName namespace={exchange.server.namespace} name={exchange.server.name} />
            </span>
            <span className="min-w-0 flex-1 truncate text-text" title={exchange.what}>
              {exchange.what}
              {exchange.note !== '' && <span className="text-text3"> {exchange.note}</span>}
            </span>
            <Result exchange={exchange} />
            <span className="w-16 text-right text-text2">{latencyText(exchange.latencyNs)}</span>
          </button>
          <Trace template={traceLink} traceId={exchange.traceId} />
        </li>
      ))}
    </ul>
  );
}

function Result({ exchange: { result, failed, denied } }: { readonly exchange: Exchange }) {
  const text = [denied ? 'DROPPED' : '', result === '' ? 'no response' : result].filter(Boolean).join(' ');
  const look = denied || failed ? 'font-semibold text-dropped' : result === '' ? 'text-text3' : 'text-text2';
  return <span className={`whitespace-nowrap ${look}`}>{text}</span>;
}

/** A trace without a place to look at it is shown as it is. */
function Trace({ template, traceId }: { readonly template: string; readonly traceId: string }) {
  const url = traceUrl(template, traceId);
  const short = traceId.length > 16 ? `${traceId.slice(0, 16)}…` : traceId;
  return (
    <span className="w-36 truncate font-mono text-mono-small text-text3" title={traceId}>
      {traceId === '' ? (
        'no trace id'
      ) : url === undefined ? (
        short
      ) : (
        <a href={url} target="_blank" rel="noreferrer" className="text-accent hover:underline">
          {short}
          <span className="unseen"> trace, in a new tab</span>
        </a>
      )}
    </span>
  );
}
