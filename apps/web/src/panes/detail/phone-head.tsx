// The head of the panel on a phone, where it takes the place of the top bar: back, share, and the rest behind a menu.

import { ArrowLeft, Ellipsis, Share2 } from 'lucide-react';
import { ShareMenu } from '../../share/share-menu.tsx';
import { navigate } from '../../view-state/index.ts';
import { IconButton, Menu } from '../../widgets/index.ts';
import { useStepDrop } from '../pane.ts';

export type PhoneHeadProps = {
  readonly say: (message: string) => void;
  /** undefined when the flow's bytes are gone. */
  readonly copyLine: (() => void) | undefined;
};

export function PhoneHead({ say, copyLine }: PhoneHeadProps) {
  const step = useStepDrop();
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line bg-base px-2 tablet:hidden">
      <IconButton label="Close" onClick={() => navigate({ detail: false })}>
        <ArrowLeft size={18} aria-hidden />
      </IconButton>
      <h1 className="flex-1 text-why font-semibold">Flow</h1>
      <ShareMenu
        say={say}
        renderTrigger={(trigger) => (
          <IconButton label="Share" {...trigger}>
            <Share2 size={18} aria-hidden />
          </IconButton>
        )}
      />
      <Menu
        label="More"
        placement="bottom-end"
        items={[
          { id: 'previous', label: 'Previous drop', onSelect: () => step(true) },
          { id: 'next', label: 'Next drop', onSelect: () => step(false) },
          ...(copyLine === undefined ? [] : [{ id: 'line', label: 'Copy compact line', onSelect: copyLine }]),
        ]}
        renderTrigger={(trigger) => (
          <IconButton label="More" {...trigger}>
            <Ellipsis size={18} aria-hidden />
          </IconButton>
        )}
      />
    </header>
  );
}
