// The panel of one flow: what became of it, why, who with whom, its connection, and everything it holds. On a phone it
// fills the screen and reads from top to bottom.

import { useEffect, useState } from 'react';
import type { FlowRow } from '../../engine/protocol.ts';
import { navigate, useView } from '../../view-state/index.ts';
import { Button, copyText } from '../../widgets/index.ts';
import { openKey } from '../flow-key.ts';
import { compactLine, maskedIn, maskedText } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import type { CopyText } from './copy-text.ts';
import { EndBlock } from './end-block.tsx';
import { FieldList } from './field-list.tsx';
import { countFields, flowFields } from './field-tree.ts';
import { FromLink } from './from-link.tsx';
import { PanelFooter } from './panel-footer.tsx';
import { PanelHead } from './panel-head.tsx';
import { PathStop } from './path-stop.tsx';
import { PhoneHead } from './phone-head.tsx';
import { PhoneTitle } from './phone-title.tsx';
import { RelatedFlows } from './related-flows.tsx';
import { SmallestRule } from './smallest-rule.tsx';
import { type OpenFlow, useFlow } from './use-flow.ts';
import { WhyBlock } from './why-block.tsx';

const SAID_MS = 6000;

export function FlowPanel() {
  const { flow: key } = useView();
  return key === undefined ? null : <NamedFlow flowKey={key} />;
}

function NamedFlow({ flowKey }: { readonly flowKey: string }) {
  const open = useFlow(flowKey);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy: CopyText = (text, what, lacks = '') => {
    void copyText(text).then((copied) =>
      setSaid(
        copied
          ? [`${what} copied`, lacks].filter(Boolean).join('. ')
          : 'The browser does not let this page copy.',
      ),
    );
  };
  if (open.state === 'looking') return null;
  if (open.state === 'absent') return <Absent otherTab={open.otherTab} />;
  return <HeldFlow open={open} copy={copy} said={said} say={setSaid} />;
}

type HeldFlowProps = {
  readonly open: Extract<OpenFlow, { readonly state: 'whole' | 'row-only' }>;
  readonly copy: CopyText;
  readonly said: string;
  readonly say: (message: string) => void;
};

function HeldFlow({ open, copy, said, say }: HeldFlowProps) {
  const { zone } = useView();
  const [showFields, setShowFields] = useState(false);
  const { row, related, dnsAnswer } = open.detail;
  const whole = open.state === 'whole' ? open : undefined;
  const fromLink = whole?.fromLink === true;
  const groups = whole === undefined ? [] : flowFields(whole.flow);
  const goTo = (next: FlowRow): void => navigate({ flow: openKey(next) });
  return (
    <>
      <PanelHead row={row} fromLink={fromLink} zone={zone} />
      <PhoneHead say={say} copyLine={whole && (() => copy(compactLine(whole.response), 'Compact line'))} />
      <div className="min-h-0 flex-1 overflow-auto px-4 py-3" tabIndex={-1}>
        <div className="flex flex-col gap-3">
          {whole !== undefined && fromLink && <FromLink row={row} response={whole.response} />}
          <PhoneTitle row={row} zone={zone} />
          <div className="flex flex-col gap-3 max-tablet:order-2 max-tablet:rounded-card max-tablet:border max-tablet:border-line2 max-tablet:p-3">
            <EndBlock side="source" row={row} flow={whole?.flow} />
            <PathStop row={row} />
            <EndBlock side="destination" row={row} flow={whole?.flow} />
          </div>
          {whole !== undefined ? (
            <WhyBlock flow={whole.flow} row={row} />
          ) : (
            <p className="text-cell text-text2">{open.state === 'row-only' ? open.problem : ''}</p>
          )}
          <div className="max-tablet:order-4">
            <RelatedFlows rows={related} dnsAnswer={dnsAnswer} current={row} onOpen={goTo} />
          </div>
          {whole !== undefined && !fromLink && <MaskedNote response={whole.response} />}
          {whole !== undefined && isDenied(row) && (
            <div className="max-tablet:order-3">
              <SmallestRule flow={whole.flow} copy={copy} />
            </div>
          )}
          {showFields && whole !== undefined && (
            <div className="max-tablet:order-5">
              <FieldList groups={groups} response={whole.response} copy={copy} />
            </div>
          )}
        </div>
      </div>
      <PanelFooter
        response={whole?.response}
        copy={copy}
        say={say}
        said={said}
        fieldCount={countFields(groups)}
        fieldsShown={showFields}
        onToggleFields={() => setShowFields(!showFields)}
        onLive={() => navigate({ detail: false, pausedAtNs: undefined })}
      />
    </>
  );
}

/** What an agent or the gateway has masked. */
function MaskedNote({ response }: { readonly response: GetFlowsResponse }) {
  const masked = maskedText(maskedIn(response));
  return masked === '' ? null : (
    <p className="text-note text-text3 max-tablet:order-5">Masked before it came here: {masked}.</p>
  );
}

/** Dropped, or let through by audit mode alone. */
function isDenied({ verdict }: FlowRow): boolean {
  return verdict === 2 || verdict === 4;
}

function Absent({ otherTab }: { readonly otherTab: boolean }) {
  return (
    <section role="status" className="p-4 text-cell text-text2">
      <h2 className="mb-2 text-body font-semibold text-text">This flow is not held</h2>
      <p>
        {otherTab
          ? 'It has no uuid, so only the tab that opened it can name it.'
          : 'It has left the buffers, or has not come yet. The panel fills as soon as it comes.'}
      </p>
      <Button className="mt-3" onClick={() => navigate({ flow: undefined, detail: false })}>
        Close
      </Button>
    </section>
  );
}
