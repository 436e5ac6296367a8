// The flows of the same connection, a packet a line, with their distance in time from the one on show, and the DNS
// answer that gave the address.

import { useState } from 'react';
import type { DnsAnswer, FlowRow } from '../../engine/protocol.ts';
import { Button, formatExact, VerdictGlyph, verdictKind } from '../../widgets/index.ts';
import { distanceText } from '../flow-time.ts';
import { summaryParts } from '../flow-summary.ts';
import { dnsAnswerText, groupRelated, type RelatedGroup } from './related-groups.ts';

const SHOWN = 12;

export function RelatedFlows({
  rows,
  dnsAnswer,
  current,
  onOpen,
}: {
  readonly rows: readonly FlowRow[];
  readonly dnsAnswer: DnsAnswer | undefined;
  readonly current: FlowRow;
  readonly onOpen: (row: FlowRow) => void;
}) {
  const [all, setAll] = useState(false);
  const whole = rows.some((row) => row.id === current.id) ? rows : [...rows, current];
  const groups = groupRelated(whole, current.id);
  const at = groups.findIndex((group) => group.current);
  const from = all ? 0 : Math.max(0, Math.min(at - SHOWN / 2, groups.length - SHOWN));
  const own = groups.find((group) => group.current);
  const ownText = own === undefined ? '' : packetText(own);
  const shown = all ? groups : groups.slice(from, from + SHOWN);
  return (
    <section aria-label="Related flows">
      <div className="flex items-baseline justify-between">
        <h3 className="text-cell font-semibold">Related flows</h3>
        <span className="text-note text-text3">
          same connection, {formatExact(whole.length)} {whole.length === 1 ? 'flow' : 'flows'}
        </span>
      </div>
      <ul className="mt-1">
        {shown.map((group) => (
          <li
            key={group.rows[0]?.id}
            className={`-mx-2 flex min-h-6.5 items-center gap-2 rounded-token px-2 text-note max-tablet:min-h-11 ${
              group.current ? 'bg-tint-selected' : ''
            }`}
          >
            <span className={`min-w-18 shrink-0 ${group.current ? 'font-semibold text-text' : 'text-text3'}`}>
              {group.current ? packetName(group) : distanceText(group.timeNs, current.timeNs)}
            </span>
            {packetText(group) !== ownText && (
              <span className="w-18 shrink-0 truncate text-text3" title={group.summary}>
                {packetText(group)}
              </span>
            )}
            <span className="flex min-w-0 flex-wrap gap-x-3">
              {group.rows.map((row) => (
                <RelatedFlow key={row.id} row={row} current={row.id === current.id} onOpen={onOpen} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < groups.length && (
        <Button kind="plain" small onClick={() => setAll(true)}>
          Show all {formatExact(groups.length)} packets
        </Button>
      )}
      {dnsAnswer !== undefined && <GivenAddress answer={dnsAnswer} current={current} onOpen={onOpen} />}
    </section>
  );
}

function GivenAddress({
  answer,
  current,
  onOpen,
}: {
  readonly answer: DnsAnswer;
  readonly current: FlowRow;
  readonly onOpen: (row: FlowRow) => void;
}) {
  const { row } = answer;
  return (
    <div role="group" aria-label="DNS answer that gave the address" className="mt-2">
      <h4 className="text-note text-text3">DNS answer that gave the address</h4>
      <p className="flex min-h-6.5 items-center gap-2 text-note max-tablet:min-h-11">
        <span className="min-w-18 shrink-0 text-text3">{distanceText(row.timeNs, current.timeNs)}</span>
        <button
          type="button"
          onClick={() => onOpen(row)}
          title={`${row.type}, ${row.summary}`}
          className="flex min-w-0 items-center gap-1.5 rounded-token text-left text-text2 hover:text-text"
        >
          <VerdictGlyph kind={verdictKind(row.verdict)} sizePx={10} />
          <span className="min-w-0 wrap-anywhere">{dnsAnswerText(answer)}</span>
        </button>
      </p>
    </div>
  );
}

function packetName(group: RelatedGroup): string {
  const text = packetText(group);
  return /^[A-Z, ]{3,9}$/.test(text) ? `this ${text}` : 'this one';
}

function packetText(group: RelatedGroup): string {
  const [first] = group.rows;
  return first === undefined ? '' : `${summaryParts(first).strong} ${summaryParts(first).text}`.trim();
}

function RelatedFlow({
  row,
  current,
  onOpen,
}: {
  readonly row: FlowRow;
  readonly current: boolean;
  readonly onOpen: (row: FlowRow) => void;
}) {
  const kind = verdictKind(row.verdict);
  const type = row.type.replace(/ (INGRESS|EGRESS)$/, '');
  return (
    <button
      type="button"
      aria-current={current}
      onClick={() => onOpen(row)}
      title={`${row.type}, ${row.summary}`}
      className={`flex items-center gap-1.5 rounded-token whitespace-nowrap hover:text-text ${
        current ? 'font-semibold text-text' : 'text-text2'
      }`}
    >
      <VerdictGlyph kind={kind} sizePx={10} />
      <span>{type}</span>
    </button>
  );
}
