// What stands where rows would be: which filter or time is to blame and what its removal would bring, or that nothing
// has come.

import { queryTokens, removeToken } from '@finderscope/flow-query';
import { navigate, useView } from '../../view-state/index.ts';
import { Button, formatCount, formatExact, formatRate } from '../../widgets/index.ts';
import { useAnswer, useTimeRange } from '../pane.ts';
import { blameFilters, type BlameToken, culpritsOf, emptyReason } from './empty-blame.ts';

/** More would not be read. */
const CULPRITS_SHOWN = 4;

export function EmptyFlows({ filter }: { readonly filter: string }) {
  const { window } = useView();
  const status = useAnswer({ kind: 'status', filter });
  const tokens: readonly BlameToken[] =
    filter === ''
      ? []
      : queryTokens(filter).map((token, index) => ({
          text: token.text,
          without: removeToken(filter, index),
        }));
  const counted = useAnswer({ kind: 'count', filters: blameFilters(tokens), window: useTimeRange() });
  const elsewhen = useAnswer({ kind: 'count', filters: [filter] })?.counts[0] ?? 0;
  if (status === undefined) return null;
  const { held } = status.stats;
  const culprits = counted === undefined ? [] : culpritsOf(tokens, counted.counts);
  if (held === 0) return <NothingHeld connected={status.connection.state === 'connected'} />;
  const first = culprits[0];
  return (
    <Notice title={filter === '' ? 'No flow in this time' : 'No flow matches this filter'}>
      <p>
        {formatExact(held)} flows are held and {formatRate(status.inPerS)} arrive each second;{' '}
        {emptyReason(tokens.length, window !== undefined)}
        {first !== undefined && (
          <>
            {' '}
            Without <b className="font-semibold text-text">{first.text}</b> there would be{' '}
            {formatCount(first.count)}.
          </>
        )}
        {counted !== undefined &&
          first === undefined &&
          elsewhen === 0 &&
          tokens.length > 1 &&
          ' No single filter is to blame: it takes several together.'}
      </p>
      <div className="mt-3 flex flex-col items-start gap-2">
        {window !== undefined && elsewhen > 0 && (
          <Button onClick={() => navigate({ window: undefined })}>
            Look at all times
            <Flows count={elsewhen} />
          </Button>
        )}
        {culprits.slice(0, CULPRITS_SHOWN).map((culprit) => (
          <Button key={culprit.text} onClick={() => navigate({ filter: culprit.without })}>
            Remove {culprit.text}
            <Flows count={culprit.count} />
          </Button>
        ))}
        {filter !== '' && (
          <Button onClick={() => navigate({ filter: '' })}>
            Remove all filters
            {window === undefined && <span className="font-normal text-text3">{formatExact(held)}</span>}
          </Button>
        )}
      </div>
      <p className="mt-3 text-text3">New matches appear here as they come.</p>
    </Notice>
  );
}

function Flows({ count }: { readonly count: number }) {
  return (
    <span className="font-normal text-text3">
      {formatCount(count)} {count === 1 ? 'flow' : 'flows'}
    </span>
  );
}

function NothingHeld({ connected }: { readonly connected: boolean }) {
  return connected ? (
    <Notice title="No flow has come yet">
      <p>The server is connected and has sent no flow. They appear here as they come.</p>
    </Notice>
  ) : (
    <Notice title="No flow has come yet">
      <p>The server is not connected. Flows appear here once it is.</p>
    </Notice>
  );
}

function Notice({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section role="status" className="mx-auto max-w-120 px-6 py-8 text-cell text-text2">
      <h2 className="mb-2 text-body font-semibold text-text">{title}</h2>
      {children}
    </section>
  );
}
