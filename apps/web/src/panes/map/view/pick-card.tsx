// What is known of the chosen link or node, at the corner of the map.

import { PinOff, Rows3, X } from 'lucide-react';
import { currentView, navigate } from '../../../view-state/index.ts';
import {
  Button,
  formatExact,
  formatRate,
  formatSpan,
  IconButton,
  VERDICT_FILL,
  VerdictGlyph,
} from '../../../widgets/index.ts';
import { aboutNode, droppedText, failureText, plural, portText, rateText } from '../draw/words.ts';
import type { Mix, PortUse } from '../model/graph.ts';
import { sharesOf, totalOf } from '../model/mix.ts';
import type { SceneItem, SceneLink } from '../model/scene.ts';

export type Picked =
  | { readonly kind: 'link'; readonly link: SceneLink; readonly from: string; readonly to: string }
  | { readonly kind: 'item'; readonly item: SceneItem; readonly name: string };

export function PickCard({
  picked,
  spanS,
  strangers,
  unsaid,
  onClose,
  onPutBack,
}: {
  readonly picked: Picked;
  readonly spanS: number;
  /** Pods that its filter finds although they are not meant. */
  readonly strangers: number;
  /** The filter cannot say it beside what it says already. */
  readonly unsaid: boolean;
  readonly onClose: () => void;
  /** Set for what a person has moved. */
  readonly onPutBack: (() => void) | undefined;
}) {
  return (
    <aside
      aria-label="Chosen on the map"
      className="absolute right-3 bottom-3 w-78 max-w-[calc(100%-24px)] rounded-popover border border-line2 bg-overlay p-3 text-note text-text2"
    >
      <header className="flex items-start gap-2">
        <h3 className="min-w-0 flex-1 text-body font-semibold [overflow-wrap:anywhere] text-text">
          {picked.kind === 'link' ? (
            <>
              {picked.from} <span className="font-normal text-text3">→</span> {picked.to}
            </>
          ) : (
            picked.name
          )}
        </h3>
        <IconButton label="Let go" small onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      {picked.kind === 'link' ? (
        <LinkFacts link={picked.link} spanS={spanS} />
      ) : (
        <ItemFacts item={picked.item} spanS={spanS} />
      )}
      {unsaid && (
        <p className="mt-1.5">This filter cannot also ask for it: the other panes show the filter alone.</p>
      )}
      {strangers > 0 && !unsaid && (
        <p className="mt-1.5">
          The filter finds {plural(strangers, 'more pod')}: their names begin the same.
        </p>
      )}
      <footer className="mt-2.5 flex gap-2">
        <Button small onClick={showFlows}>
          <Rows3 size={13} aria-hidden />
          Show flows
        </Button>
        {onPutBack !== undefined && (
          <Button small onClick={onPutBack}>
            <PinOff size={13} aria-hidden />
            Put back
          </Button>
        )}
      </footer>
    </aside>
  );
}

/** The filter has the choice already: the table only has to be open. */
function showFlows(): void {
  const { panes } = currentView();
  navigate({ panes: panes.includes('flows') ? panes : [...panes, 'flows'], full: undefined });
}

function LinkFacts({ link, spanS }: { readonly link: SceneLink; readonly spanS: number }) {
  const errors = failureText(link);
  return (
    <>
      <p className="mt-1 flex justify-between gap-3">
        <span>{portList(link.ports)}</span>
        <span className="font-semibold whitespace-nowrap text-text">{rateText(link.perS)}</span>
      </p>
      <MixLine mix={link.mix} spanS={spanS} />
      {link.mix.dropped > 0 && (
        <p className="mt-1.5">
          {link.dropReason === '' ? 'Dropped' : link.dropReason}, on{' '}
          {link.stop === 'source' ? 'egress, at the source' : 'ingress, at the target'}.
        </p>
      )}
      {errors !== '' && (
        <p className="mt-1.5">
          {errors} in {formatRate(link.answered / spanS)} answers/s.
        </p>
      )}
      {link.untold > 0 && (
        <p className="mt-1.5">
          {formatExact(link.untold)} {link.untold === 1 ? 'answer tells' : 'answers tell'} no status.
        </p>
      )}
      {link.p95Ms !== undefined && (
        <p className="mt-1.5">95 of 100 answers within {formatLatency(link.p95Ms)}.</p>
      )}
    </>
  );
}

function formatLatency(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : formatSpan(ms);
}

function ItemFacts({ item, spanS }: { readonly item: SceneItem; readonly spanS: number }) {
  const { load } = item;
  return (
    <>
      {item.kind === 'card' && <p className="mt-0.5 text-text3">{aboutNode(item.node)}</p>}
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3">
        <dt>In</dt>
        <dd className="text-right text-text">{rateText(load.inPerS)}</dd>
        <dt>Out</dt>
        <dd className="text-right text-text">{rateText(load.outPerS)}</dd>
        {load.insidePerS > 0 && (
          <>
            <dt>Inside</dt>
            <dd className="text-right text-text">{rateText(load.insidePerS)}</dd>
          </>
        )}
      </dl>
      <p className="mt-1.5">Receives {load.ports.length === 0 ? 'nothing' : portList(load.ports)}</p>
      <MixLine mix={load.received} spanS={spanS} />
      {load.droppedPerS > 0 && <p className="mt-1.5 font-semibold text-dropped">{droppedText(load)}</p>}
    </>
  );
}

function portList(ports: readonly PortUse[]): string {
  const shown = ports.slice(0, 4).map(portText);
  return ports.length > 4 ? `${shown.join(', ')} and ${String(ports.length - 4)} more` : shown.join(', ');
}

function MixLine({ mix, spanS }: { readonly mix: Mix; readonly spanS: number }) {
  const total = totalOf(mix);
  if (total === 0) return null;
  const shares = sharesOf(mix);
  return (
    <>
      <div aria-hidden="true" className="mt-2 flex h-1 gap-px overflow-hidden rounded-full">
        {shares.map(({ kind, count }) => (
          <span
            key={kind}
            style={{ flex: `${String(count)} 0 2px`, background: `var(${VERDICT_FILL[kind]})` }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4">
        {shares.map(({ kind, count }) => (
          <li key={kind} className="inline-flex items-center gap-1.5">
            <VerdictGlyph kind={kind} />
            <span className="unseen">{kind.toUpperCase()}</span>
            <span className="font-semibold text-text">{rateText(count / spanS)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
