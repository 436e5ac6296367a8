import { Unplug } from 'lucide-react';
import { Button, formatClock, formatSpan, type Zone } from '../widgets/index.ts';
import type { Outage } from './outage.ts';
import { usePageActions } from './page-actions.ts';
import { useNow } from './use-now.ts';

export type DisconnectedBarProps = {
  readonly outage: Outage;
  readonly zone: Zone;
  /** The doctor stands below and says why. */
  readonly isExplained: boolean;
};

/** What is, why, and what happens next; the flows that came before stay in use. */
export function DisconnectedBar({ outage, zone, isExplained }: DisconnectedBarProps) {
  const { handlers } = usePageActions();
  const now = useNow();
  return (
    <section
      aria-label="Connection"
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-raised px-3 py-1.5 text-cell"
    >
      <Unplug size={16} aria-hidden className="shrink-0 text-text2" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">
          Disconnected from Relay for {formatSpan(now - outage.sinceMs)}.
        </strong>{' '}
        <span className="text-text2">
          {isExplained ? '' : asSentence(outage.reason)} {nextSteps(outage, now, zone)}
        </span>
      </p>
      <span role="alert" className="unseen">
        Disconnected from Relay. {asSentence(outage.reason)}
      </span>
      <Button small onClick={handlers.retry}>
        Try now
      </Button>
    </section>
  );
}

/** `Next try in 4 s; resumes from 12:06:23.104.` */
export function nextSteps(outage: Outage, nowMs: number, zone: Zone): string {
  const next =
    outage.nextTryMs === undefined
      ? 'No further try is planned'
      : outage.nextTryMs <= nowMs
        ? 'Trying now'
        : `Next try in ${Math.ceil((outage.nextTryMs - nowMs) / 1000)} s`;
  const resume =
    outage.resumeFromNs === undefined ? '' : `; resumes from ${formatClock(outage.resumeFromNs, zone)}`;
  return `${next}${resume}.`;
}

/** With a capital at its start and one full stop at its end. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'No reason was given.';
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
