// What can be taken away from a flow: a link and more, its JSON, its compact line. And the way to all of its fields.

import { compactLine, leftOutText, toJsonpb } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import { Braces, Check, ChevronDown, ChevronUp, type LucideIcon, Play, Share2, Terminal } from 'lucide-react';
import { ShareMenu } from '../../share/share-menu.tsx';
import { Button } from '../../widgets/index.ts';
import type { CopyText } from './copy-text.ts';

export type PanelFooterProps = {
  /** undefined when only the row is held. */
  readonly response: GetFlowsResponse | undefined;
  readonly copy: CopyText;
  readonly say: (message: string) => void;
  readonly said: string;
  readonly fieldCount: number;
  readonly fieldsShown: boolean;
  readonly onToggleFields: () => void;
  /** To the live view; for a phone, where the panel covers it. */
  readonly onLive: () => void;
};

export function PanelFooter(props: PanelFooterProps) {
  const { response, copy, said, say } = props;
  const Chevron = props.fieldsShown ? ChevronUp : ChevronDown;
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-1.5 border-t border-line px-2.5 py-2 max-tablet:px-4">
      <Button kind="main" className="flex-1 tablet:hidden" onClick={props.onLive}>
        <Play size={14} aria-hidden />
        Open live view
      </Button>
      <span className="max-tablet:hidden">
        <ShareMenu
          say={say}
          placement="top-start"
          renderTrigger={(trigger) => (
            <Button kind="main" {...trigger}>
              <CopyIcon done={said.includes(' copied')} icon={Share2} />
              Share
            </Button>
          )}
        />
      </span>
      {response !== undefined && (
        <>
          <Button
            title="Copy as hubble observe -o jsonpb prints it"
            onClick={() => copy(toJsonpb(response), 'JSON', leftOutText(response))}
          >
            <CopyIcon done={said.startsWith('JSON copied')} icon={Braces} />
            JSON
          </Button>
          <Button
            className="max-tablet:hidden"
            title="Copy as hubble observe prints it"
            onClick={() => copy(compactLine(response), 'Compact line')}
          >
            <CopyIcon done={said === 'Compact line copied'} icon={Terminal} />
            Compact line
          </Button>
          <span className="flex-1 max-tablet:hidden" />
          <Button
            kind="plain"
            className="max-tablet:w-full"
            aria-expanded={props.fieldsShown}
            onClick={props.onToggleFields}
          >
            All {props.fieldCount} fields
            <Chevron size={14} aria-hidden />
          </Button>
        </>
      )}
      <output className={/^(|[^.]* copied)$/.test(said) ? 'unseen' : 'w-full text-note text-text2'}>
        {said}
      </output>
    </footer>
  );
}

/** A tick for a moment: nothing else on the panel moves. */
function CopyIcon({ done, icon: Icon }: { readonly done: boolean; readonly icon: LucideIcon }) {
  return done ? <Check size={14} aria-hidden /> : <Icon size={14} aria-hidden />;
}
