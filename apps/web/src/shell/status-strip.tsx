// The bottom line: source, nodes, rates, and the books. Every counter says on hover and focus what it counts and how it
// adds up. When the window is narrow it drops its right end first: what tells of flows that are missing stands before
// what does not, and what is dropped stands in a list one click away.

import type { ReactNode } from 'react';
import type { StatusAnswer } from '../engine/protocol.ts';
import { useNodes, useServerStatus } from '../server/index.ts';
import { navigate, useView } from '../view-state/index.ts';
import { formatExact, formatRate, formatSpan, Kbd, Popover, Tooltip, type Zone } from '../widgets/index.ts';
import {
  heldEquation,
  lostByCause,
  receivedEquation,
  skippedByCause,
  unaccounted,
  unreadable,
  type CauseCount,
} from './books.ts';
import { clockWords } from './clock-words.ts';
import { coverageLines, coverageValue } from './coverage-words.ts';
import { countMissing, gapLines } from './gaps.ts';
import { FileItems } from './file-items.tsx';
import { nodeCounts } from './node-counts.ts';
import { NodesItem } from './nodes-item.tsx';
import { usePageActions } from './page-actions.ts';
import { usePageStatus } from './page-status.ts';
import { InList, StatusItem } from './status-item.tsx';
import { useSource } from './source-context.ts';
import { useSourceName } from './source-menu.tsx';
import { useFitting } from './use-fitting.ts';

const NS_PER_MS = 1_000_000n;

export function StatusStrip() {
  const status = usePageStatus();
  const { strip, hidden } = useFitting();
  const { zone } = useView();
  const { handlers } = usePageActions();
  const source = useSource();
  return (
    <footer className="flex h-6.5 shrink-0 items-center border-t border-line bg-raised text-note text-text2 max-tablet:h-8">
      <div ref={strip} className="flex h-full min-w-0 flex-1 flex-wrap overflow-clip pl-3">
        {source.kind === 'live' ? (
          <>
            <SourceItem status={status} />
            <Nodes />
          </>
        ) : (
          <FileItems report={status?.files} />
        )}
        {status !== undefined && <Counters status={status} zone={zone} />}
      </div>
      {status !== undefined && hidden > 0 && <AllCounters hidden={hidden} status={status} zone={zone} />}
      <Tooltip
        text={zone === 'utc' ? 'Times are UTC. Show local time.' : 'Times are local. Show UTC.'}
        describes
      >
        <button
          type="button"
          className="focus-inside h-full px-2 hover:text-text max-tablet:hidden"
          onClick={() => navigate({ zone: zone === 'utc' ? 'local' : 'utc' })}
        >
          {zone === 'utc' ? 'UTC' : 'Local'}
        </button>
      </Tooltip>
      <button
        type="button"
        className="focus-inside flex h-full items-center gap-1.5 pr-3 pl-1 hover:text-text max-tablet:hidden"
        onClick={handlers['open-help']}
      >
        Help <Kbd>?</Kbd>
      </button>
    </footer>
  );
}

function AllCounters({
  hidden,
  status,
  zone,
}: {
  readonly hidden: number;
  readonly status: StatusAnswer;
  readonly zone: Zone;
}) {
  return (
    <Popover
      label="All counters"
      placement="top-end"
      className="max-h-100 w-85 max-w-[calc(100vw-16px)] p-3 text-note"
      renderTrigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          aria-label={hidden === 1 ? '1 more counter' : `${hidden} more counters`}
          className="focus-inside h-full shrink-0 px-2 font-medium text-text2 hover:text-text"
        >
          +{hidden}
        </button>
      )}
    >
      {() => (
        <InList value>
          <ul>
            <Counters status={status} zone={zone} />
          </ul>
        </InList>
      )}
    </Popover>
  );
}

function Value({ children }: { readonly children: ReactNode }) {
  return <span className="font-medium text-text">{children}</span>;
}

const CONNECTION_WORD = {
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'disconnected',
} as const;

function SourceItem({ status }: { readonly status: StatusAnswer | undefined }) {
  const name = useSourceName();
  const state = status?.connection.state ?? 'connecting';
  const version = status?.connection.state === 'connected' ? status.connection.serverVersion : '';
  return (
    <StatusItem
      explain={
        version === '' ? `The stream from ${name} is ${CONNECTION_WORD[state]}.` : `${name} is ${version}.`
      }
    >
      <span
        aria-hidden
        className={`size-2 rounded-full ${state === 'connected' ? 'bg-forwarded-fill' : 'border border-ctl'}`}
      />
      <Value>{name}</Value> {CONNECTION_WORD[state]}
    </StatusItem>
  );
}

function Nodes() {
  const nodes = useNodes();
  const status = useServerStatus();
  const counts = nodeCounts(nodes.data?.nodes, status.data);
  return counts === undefined ? null : <NodesItem counts={counts} />;
}

function Counters({ status, zone }: { readonly status: StatusAnswer; readonly zone: Zone }) {
  const { stats, clockSkewMs } = status;
  const missing = unaccounted(stats);
  const clock = clockSkewMs === undefined ? undefined : clockWords(clockSkewMs, status.inPerS);
  return (
    <>
      {status.files === undefined && <Rates status={status} />}
      <StatusItem
        explain={<Lines lines={['Flows in this tab and the time they span.', receivedEquation(stats)]} />}
      >
        Held <Value>{heldText(status)}</Value> flows
      </StatusItem>
      {status.coverage !== undefined && (
        <StatusItem explain={<Lines lines={coverageLines(status.coverage, zone)} />}>
          Complete <Value>{coverageValue(status.coverage, zone)}</Value>
        </StatusItem>
      )}
      {missing !== 0 && (
        <StatusItem
          explain={
            <Lines
              lines={[receivedEquation(stats), 'The books do not add up. This is a mistake in Finderscope.']}
            />
          }
        >
          <span className="text-error">Unaccounted</span> <Value>{formatExact(missing)}</Value>
        </StatusItem>
      )}
      <CauseItem
        name="Lost"
        total={stats.lost.total}
        what="Flows that the cluster reports as lost before they reached this page."
        causes={lostByCause(stats.lost)}
        books={receivedEquation(stats)}
      />
      {status.gaps.length > 0 && (
        <StatusItem
          explain={<Lines lines={['Times without a connection.', ...gapLines(status.gaps, zone)]} />}
        >
          Gaps <Value>{formatGaps(countMissing(status.gaps))}</Value>
        </StatusItem>
      )}
      {unreadable(stats.skipped) > 0 && (
        <CauseItem
          name="Skipped"
          total={unreadable(stats.skipped)}
          what="Messages that arrived and could not be kept."
          causes={skippedByCause(stats.skipped)}
          books={receivedEquation(stats)}
        />
      )}
      {stats.evicted > 0 && (
        <StatusItem
          explain={<Lines lines={['Oldest flows that made room for new ones.', receivedEquation(stats)]} />}
        >
          Evicted <Value>{formatExact(stats.evicted)}</Value>
        </StatusItem>
      )}
      <StatusItem
        explain={
          stats.sampled === 0
            ? 'Every flow that arrived was taken.'
            : 'Flows left out because more arrive than this page can take.'
        }
      >
        Sampled <Value>{stats.sampled === 0 ? 'none' : formatExact(stats.sampled)}</Value>
      </StatusItem>
      {stats.reconnects > 0 && (
        <StatusItem explain="How often the stream was opened again after it broke. Flows seen before are not counted twice.">
          Reconnects <Value>{formatExact(stats.reconnects)}</Value>
        </StatusItem>
      )}
      {stats.skipped.duplicate > 0 && (
        <StatusItem
          explain={
            <Lines
              lines={[
                'Flows that came a second time (same uuid) and are held once: after a filter has changed or the stream was opened again, the cluster sends some anew.',
                receivedEquation(stats),
              ]}
            />
          }
        >
          Repeated <Value>{formatExact(stats.skipped.duplicate)}</Value>
        </StatusItem>
      )}
      {clock !== undefined && (
        <StatusItem explain={clock.explain}>
          Clock skew <Value>{clock.value}</Value>
        </StatusItem>
      )}
    </>
  );
}

/** Of a stream. */
function Rates({ status }: { readonly status: StatusAnswer }) {
  const { stats } = status;
  return (
    <>
      <StatusItem explain="Flows that arrive each second, mean of the last ten seconds. What the server held when the stream opened is counted by its own time.">
        In <Value>{formatRate(status.inPerS)} flows/s</Value>
      </StatusItem>
      <StatusItem
        explain={
          <Lines
            lines={[
              'Arriving flows that match the filter, mean of the last ten seconds.',
              heldEquation(stats),
            ]}
          />
        }
      >
        Matching <Value>{formatRate(status.matchingPerS)} flows/s</Value>
      </StatusItem>
    </>
  );
}

function CauseItem({
  name,
  total,
  what,
  causes,
  books,
}: {
  readonly name: string;
  readonly total: number;
  readonly what: string;
  readonly causes: readonly CauseCount[];
  readonly books: string;
}) {
  const lines = [what, ...causes.map(({ cause, count }) => `${formatExact(count)}: ${cause}`), books];
  return (
    <StatusItem explain={<Lines lines={lines} />}>
      {name} <Value>{formatExact(total)}</Value>
    </StatusItem>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </>
  );
}

/** `5 min 32 s, 15,832` */
function heldText({ oldestNs, newestNs, stats }: StatusAnswer): string {
  const held = formatExact(stats.held);
  if (oldestNs === undefined || newestNs === undefined || newestNs <= oldestNs) return held;
  return `${formatSpan(Number((newestNs - oldestNs) / NS_PER_MS))}, ${held}`;
}

/** A gap that was filled again is none. */
function formatGaps(missing: number): string {
  return missing === 0 ? 'none' : formatExact(missing);
}
