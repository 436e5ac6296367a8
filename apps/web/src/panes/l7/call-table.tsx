// The calls of one protocol as a table. A row opens to its newest calls; its key is a filter. Arrows go through the
// rows, Tab through tables.

import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, type KeyboardEvent } from 'react';
import type { CallGroup, CallsQuery, TrendTimes } from '../../engine/protocol.ts';
import type { Choice } from '../../filter-bar/choice.ts';
import { ChoiceButton } from '../../filter-bar/choice-button.tsx';
import { navigate, useView } from '../../view-state/index.ts';
import { formatExact, formatRate } from '../../widgets/index.ts';
import { ExchangeList } from './exchange-list.tsx';
import { LatencyMark } from './latency-mark.tsx';
import type { ProtocolView } from './protocols/protocol-view.ts';
import { rowName, toggleRow } from './open-rows.ts';
import { TrendMark } from './trend-mark.tsx';
import { callCount, latencyText } from './words.ts';

export type CallTableProps = {
  readonly view: ProtocolView;
  readonly by: CallsQuery['by'];
  readonly groups: readonly CallGroup[];
  /** That counts are spread over. */
  readonly seconds: number;
  readonly times: TrendTimes | undefined;
};

const CELL = 'px-2.5 whitespace-nowrap';

export function CallTable({ view, by, groups, seconds, times }: CallTableProps) {
  const { callsOpen } = useView();
  const keyTitles = by === 'call' ? view.keyTitles : (['Namespace', 'Workload'] as const);
  const wide = by === 'call' ? view.wide : 1;
  const columns = 8 + keyTitles.length + view.columns.length;
  return (
    <div className="overflow-x-auto">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from button to button */}
      <table className="w-full border-collapse text-cell" onKeyDown={moveFocus}>
        <caption className="unseen">
          {view.title}, {view.byCall.toLowerCase()}
        </caption>
        <thead>
          <tr className="h-6.5 text-head font-semibold text-text3">
            <th scope="col" className="w-8 border-b border-line">
              <span className="unseen">Newest calls</span>
            </th>
            {keyTitles.map((title, i) => (
              <th
                key={title}
                scope="col"
                className={`border-b border-line text-left ${CELL} ${i === wide ? 'w-full' : ''}`}
              >
                {title}
              </th>
            ))}
            <Head title={view.calls.charAt(0).toUpperCase() + view.calls.slice(1)} right />
            <Head title="/s" right />
            <Head title="Trend" right={false} />
            {view.columns.map(({ title, right }) => (
              <Head key={title} title={title} right={right} />
            ))}
            <Head title="1 ms to 10 s" right={false} />
            {['p50', 'p95', 'p99'].map((title) => (
              <Head key={title} title={title} right />
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group, index) => {
            const name = rowName(view.kind, group.key);
            const open = callsOpen.includes(name);
            return (
              <Fragment key={group.id}>
                <CallRow
                  view={view}
                  group={group}
                  choice={by === 'call' ? view.choice(group.key) : workloadChoice(group.key)}
                  wide={wide}
                  seconds={seconds}
                  times={times}
                  first={index === 0}
                  open={open}
                  onToggle={() => navigate({ callsOpen: toggleRow(callsOpen, name) })}
                />
                {open && (
                  <tr className="border-b border-line bg-raised">
                    <td colSpan={columns}>
                      <ExchangeList protocol={view.kind} by={by} group={group.key} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Head({ title, right }: { readonly title: string; readonly right: boolean }) {
  return (
    <th scope="col" className={`border-b border-line ${CELL} ${right ? 'text-right' : 'text-left'}`}>
      {title}
    </th>
  );
}

function CallRow({
  view,
  group,
  choice,
  wide,
  seconds,
  times,
  first,
  open,
  onToggle,
}: {
  readonly view: ProtocolView;
  readonly group: CallGroup;
  readonly choice: Choice;
  readonly wide: number;
  readonly seconds: number;
  readonly times: TrendTimes | undefined;
  readonly first: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { key, folded, latency } = group;
  const calls = callCount(group);
  const name = key.filter(Boolean).join(' ') || 'not said';
  const [short, long] = wide === 1 ? key : [key[1], key[0]];
  const shortCell = <td className={`${CELL} text-text2`}>{short === '' ? '–' : short}</td>;
  const longCell = (
    <th scope="row" className="max-w-0 min-w-50 px-1 text-left font-normal">
      <ChoiceButton
        choice={choice}
        said={`${formatExact(calls)} ${calls === 1 ? view.call : view.calls}`}
        first={first}
        className="flex h-7 w-full items-center gap-2 px-1.5 max-tablet:h-11"
      >
        <span className="truncate text-text" title={long}>
          {long === '' ? '–' : <Template text={long} />}
        </span>
        {folded > 1 && (
          <span aria-hidden className="shrink-0 text-note text-text3">
            {formatExact(folded)} paths
          </span>
        )}
      </ChoiceButton>
    </th>
  );
  return (
    <tr className={`h-7 border-b border-line ${open ? 'bg-tint-selected' : 'hover:bg-hover'}`}>
      <td className="pl-1.5">
        <button
          type="button"
          data-choice=""
          aria-expanded={open}
          aria-label={`Newest calls of ${name}`}
          tabIndex={first ? 0 : -1}
          onClick={onToggle}
          className="focus-inside flex size-6 items-center justify-center rounded-token text-text2 hover:bg-token hover:text-text max-tablet:size-11"
        >
          {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        </button>
      </td>
      {wide === 1 ? shortCell : longCell}
      {wide === 1 ? longCell : shortCell}
      <td className={`${CELL} text-right text-text`}>{formatExact(calls)}</td>
      <td className={`${CELL} text-right text-text2`}>{formatRate(calls / seconds)}</td>
      <td className={CELL}>
        {times !== undefined && (
          <TrendMark counts={group.trend} times={times} call={view.call} calls={view.calls} />
        )}
      </td>
      {view.columns.map(({ title, right, cell }) => (
        <td key={title} className={`${CELL} ${right ? 'text-right' : 'text-left'} text-text2`}>
          {cell(group)}
        </td>
      ))}
      <td className={CELL}>
        <LatencyMark latency={latency} />
      </td>
      <td className={`${CELL} text-right text-text2`}>{latencyText(latency?.p50Ns)}</td>
      <td className={`${CELL} text-right text-text`}>{latencyText(latency?.p95Ns)}</td>
      <td className={`${CELL} text-right text-text2`}>{latencyText(latency?.p99Ns)}</td>
    </tr>
  );
}

/** What stands for something else is grey. */
function Template({ text }: { readonly text: string }) {
  return text.split(/(\{[^{}/]+\})/).map((part, i) =>
    i % 2 === 1 ? (
      // eslint-disable-next-line react/no-array-index-key -- parts of one text have no other name
      <span key={i} className="text-text3">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

/** Of either end of the flow: responses go the other way. Outside of all pods no key says both. */
function workloadChoice([namespace, name]: CallGroup['key']): Choice {
  if (namespace === '' || name === '') return [];
  return [
    { field: 'namespace', value: namespace },
    { field: 'workload', value: name },
  ];
}

/** Up and down keep to the column, left and right to the row. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const item = document.activeElement;
  const row = item?.closest('tr');
  if (!(item instanceof HTMLElement) || !('choice' in item.dataset) || row === null || row === undefined)
    return;
  const inRow = (of: Element): readonly HTMLElement[] => [
    ...of.querySelectorAll<HTMLElement>('[data-choice]'),
  ];
  const rows = [...event.currentTarget.querySelectorAll('tr')].filter((one) => inRow(one).length > 0);
  const column = inRow(row).indexOf(item);
  const at = rows.indexOf(row);
  const target = {
    ArrowUp: rows[at - 1],
    ArrowDown: rows[at + 1],
    Home: rows[0],
    End: rows.at(-1),
    ArrowLeft: row,
    ArrowRight: row,
  }[event.key];
  if (target === undefined) return;
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  event.preventDefault();
  const items = inRow(target);
  (items[column + step] ?? items[0])?.focus();
}
