// The smallest policy that would allow what was denied, or why none would. The code that makes it is fetched with the
// first denied flow that is opened.

import type { Flow } from '@finderscope/hubble-api';
import type * as suggestModule from '@finderscope/policy/suggest';
import { ChevronRight, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { lateCode } from '../../loading/late-code.ts';
import { Button, Segmented } from '../../widgets/index.ts';
import type { CopyText } from './copy-text.ts';

type Suggest = typeof suggestModule;
type Kind = 'cilium' | 'kubernetes';

const TITLES: Readonly<Record<Kind, string>> = {
  cilium: 'CiliumNetworkPolicy',
  kubernetes: 'NetworkPolicy',
};

const code = lateCode(
  () => Promise.resolve(),
  () => import('@finderscope/policy/suggest'),
);

export function SmallestRule({ flow, copy }: { readonly flow: Flow; readonly copy: CopyText }) {
  const state = useSyncExternalStore(code.subscribe, code.state);
  useEffect(() => code.fetch(), []);
  if (state.kind === 'absent') return null;
  if (state.kind === 'failed') return <NotFetched />;
  const suggest = state.code;
  const read = suggest.readDenied(flow);
  if (read.kind === 'nothing') return null;
  if (read.kind === 'no-policy') return <NoRule why={read.why} />;
  const suggestion = suggest.suggestRule(read.denied);
  if (suggestion.kind === 'none') return <NoRule why={suggestion.why} />;
  return (
    <Rule
      suggestion={suggestion}
      peer={read.denied.peer.name}
      subject={read.denied.subject.name}
      ingress={read.denied.direction === 'ingress'}
      cautions={[...read.cautions, ...suggestion.cautions]}
      copy={copy}
    />
  );
}

function NotFetched() {
  return (
    <p className="flex items-center gap-2 text-cell text-text2">
      What finds the smallest rule could not be fetched.
      <Button small onClick={() => code.fetch()}>
        Try again
      </Button>
    </p>
  );
}

function NoRule({ why }: { readonly why: string }) {
  return (
    <section aria-label="No rule would allow it">
      <h3 className="text-cell font-semibold">No rule would allow it</h3>
      <p className="mt-1 text-cell text-text2">{why}</p>
    </section>
  );
}

type RuleProps = {
  readonly suggestion: Extract<ReturnType<Suggest['suggestRule']>, { readonly kind: 'rule' }>;
  readonly peer: string;
  readonly subject: string;
  readonly ingress: boolean;
  readonly cautions: readonly string[];
  readonly copy: CopyText;
};

function Rule({ suggestion, peer, subject, ingress, cautions, copy }: RuleProps) {
  const [kind, setKind] = useState<Kind>('cilium');
  const manifest = suggestion[kind];
  // Open where there is room: on a phone a person asks for it.
  const [openAtFirst] = useState(() => window.matchMedia('(min-width: 720px)').matches);
  return (
    <details open={openAtFirst} className="group max-tablet:border-y max-tablet:border-line">
      <summary className="flex min-h-6 cursor-pointer items-center text-cell font-semibold max-tablet:min-h-11">
        <h3 className="flex-1">Smallest rule that would allow it</h3>
        <ChevronRight size={15} aria-hidden className="text-text3 group-open:rotate-90" />
      </summary>
      <div className="mt-1 flex gap-2 text-cell text-text2">
        <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-audit" />
        <p>
          <b className="font-semibold text-text">Allowing may be wrong.</b>{' '}
          {ingress
            ? `Somebody may have meant to keep ${peer} away from ${subject}.`
            : `Somebody may have meant to keep ${subject} from reaching ${peer}.`}{' '}
          {[...cautions, ...(manifest.kind === 'yaml' ? manifest.cautions : [])].join(' ')}
        </p>
      </div>
      <div className="mt-2 mb-1.5 flex items-center justify-between gap-2">
        <Segmented<Kind>
          label="Kind of policy"
          small
          value={kind}
          segments={[
            { value: 'cilium', label: TITLES.cilium },
            { value: 'kubernetes', label: TITLES.kubernetes },
          ]}
          onChange={setKind}
        />
        {manifest.kind === 'yaml' && (
          <Button kind="plain" small onClick={() => copy(manifest.yaml, 'Rule')}>
            <Copy size={13} aria-hidden />
            Copy
          </Button>
        )}
      </div>
      {manifest.kind === 'yaml' ? (
        <pre
          // Long text must be scrollable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          data-testid="smallest-rule"
          className="max-h-96 overflow-auto rounded-card border border-line bg-canvas p-3 font-mono text-mono-small [font-feature-settings:'calt'_0]"
        >
          {manifest.yaml}
        </pre>
      ) : (
        <p className="text-cell text-text2">{manifest.why}</p>
      )}
    </details>
  );
}
