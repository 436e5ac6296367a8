// One end of the flow: its name, node, address, identity and labels. Both ends are this one block.

import { identityName } from '@finderscope/flow-query';
import type { Flow } from '@finderscope/hubble-api';
import { type ReactNode, useId } from 'react';
import type { FlowRow } from '../../engine/protocol.ts';
import { type ValueFilter, valueFilterText } from '../../filter-bar/value-filter.ts';
import { LongName } from '../../widgets/index.ts';
import { type EndSide, endOf, ownLabels } from '../../explain/end-name.ts';
import { ValueMenu } from './value-menu.tsx';

const LABELS_SHOWN = 6;

export function EndBlock({
  side,
  row,
  flow,
}: {
  readonly side: EndSide;
  readonly row: FlowRow;
  readonly flow: Flow | undefined;
}) {
  const titleId = useId();
  const end = row[side];
  const endpoint = flow === undefined ? undefined : endOf(flow, side);
  const prefix = side === 'source' ? 'from' : 'to';
  const labels = endpoint === undefined ? [] : shortFirst(ownLabels(endpoint));
  // Only the end on the node that saw the flow has an endpoint number.
  const place =
    endpoint !== undefined && endpoint.ID !== 0 && row.nodeName !== ''
      ? row.nodeName
      : end.cluster === ''
        ? ''
        : `cluster ${end.cluster}`;
  const known = endpoint === undefined ? undefined : identityName(endpoint.identity);
  const port = end.port === 0 ? undefined : end.port;
  return (
    <section
      aria-labelledby={titleId}
      className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-1 max-tablet:grid-cols-1"
    >
      <div className="flex items-baseline justify-between gap-3 text-cell text-text3 max-tablet:text-note">
        <h3 id={titleId}>{side === 'source' ? 'From' : 'To'}</h3>
        <span className="tablet:hidden">{place}</span>
      </div>
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-3">
          {end.name === '' ? (
            <span className="text-body text-text3">–</span>
          ) : (
            <span className="min-w-0 text-body">
              <LongName namespace={end.namespace} name={end.name} {...(port === undefined ? {} : { port })} />
            </span>
          )}
          {place !== '' && <span className="shrink-0 text-note text-text3 max-tablet:hidden">{place}</span>}
        </div>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 font-mono text-mono text-text2">
          {end.ip !== '' && <Value filter={{ field: `${prefix}-ip`, value: end.ip }}>{end.ip}</Value>}
          {endpoint !== undefined && (
            <Value filter={{ field: `${prefix}-identity`, value: String(endpoint.identity) }}>
              {known ?? endpoint.identity}
            </Value>
          )}
          {labels.length > 0 && (
            <span className="ml-auto flex flex-wrap justify-end gap-1 font-sans">
              {labels.slice(0, LABELS_SHOWN).map((label) => (
                <Value key={label} filter={{ field: `${prefix}-label`, value: label }} chip>
                  {label}
                </Value>
              ))}
              {labels.length > LABELS_SHOWN && (
                <span className="text-note text-text3">and {labels.length - LABELS_SHOWN} more</span>
              )}
            </span>
          )}
        </div>
      </div>
    </section>
  );
}

/**
 * Labels with a domain in their key are long and mostly machines'; they come last. Reserved ones say what the identity
 * says already.
 */
function shortFirst(labels: readonly string[]): readonly string[] {
  const own = labels.filter((label) => !label.startsWith('reserved:'));
  return own.toSorted((a, b) => Number(keyHasDomain(a)) - Number(keyHasDomain(b)));
}

function keyHasDomain(label: string): boolean {
  return label.split('=', 1)[0]?.includes('/') === true;
}

function Value({
  filter,
  chip = false,
  children,
}: {
  readonly filter: ValueFilter;
  readonly chip?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <ValueMenu
      filter={filter}
      text={filter.value}
      className={`max-w-full truncate rounded-token ${chip ? 'bg-token px-1.5 text-note text-text2' : ''}`}
      label={valueFilterText(filter)}
    >
      {children}
    </ValueMenu>
  );
}
