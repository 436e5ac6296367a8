// The menu of what can be handed on. With a flow selected it offers the flow, else the view alone.

import { Braces, FileText, Link2, ListFilter, type LucideIcon, Package, Terminal } from 'lucide-react';
import { useState } from 'react';
import { useLinkFlow } from '../panes/link-flow.ts';
import { useEngine, useFilter, useTimeRange } from '../panes/pane.ts';
import { useServerConfig } from '../server/index.ts';
import { useView } from '../view-state/index.ts';
import { copyText, Menu, type MenuItem, type MenuProps, type Placement } from '../widgets/index.ts';
import { fetchShareTexts, NOT_FETCHED } from './fetch-share-texts.ts';
import { pageAddress } from './page-address.ts';
import type { ShareKind } from './share-texts.ts';

type Offer = {
  readonly kind: ShareKind;
  readonly label: string;
  readonly note: string;
  readonly icon: LucideIcon;
  readonly shortcut?: string;
  /** Only with a flow selected. */
  readonly ofFlow?: boolean;
};

const OFFERS: readonly Offer[] = [
  {
    kind: 'link',
    label: 'Copy link with this flow inside',
    note: 'The flow travels after the #, which no server sees',
    icon: Package,
    shortcut: 'y',
    ofFlow: true,
  },
  {
    kind: 'view-link',
    label: 'Copy link to this view',
    note: 'Filter, time, panes, columns, selection',
    icon: Link2,
  },
  {
    kind: 'markdown',
    label: 'Copy as Markdown',
    note: 'The sentence, the compact line and the link',
    icon: FileText,
    ofFlow: true,
  },
  {
    kind: 'command',
    label: 'Copy as hubble observe',
    note: 'This view as a command for a terminal',
    icon: Terminal,
  },
  {
    kind: 'filters',
    label: 'Copy raw filters',
    note: 'Allow and deny list, as hubble observe --print-raw-filters',
    icon: ListFilter,
  },
  {
    kind: 'filters-json',
    label: 'Copy raw filters as JSON',
    note: 'The same lists as one JSON object',
    icon: ListFilter,
  },
  {
    kind: 'json',
    label: 'Copy flow as JSON',
    note: 'As hubble observe -o jsonpb prints it, nothing masked',
    icon: Braces,
    ofFlow: true,
  },
];

export type ShareMenuProps = {
  readonly renderTrigger: MenuProps['renderTrigger'];
  readonly placement?: Placement;
  /** Says in one or two sentences what was copied, or why nothing was. */
  readonly say: (message: string) => void;
};

export function ShareMenu({ renderTrigger, placement = 'bottom-end', say }: ShareMenuProps) {
  const engine = useEngine();
  const linked = useLinkFlow();
  const view = useView();
  const filter = useFilter();
  const range = useTimeRange();
  const relay = useServerConfig();
  const [mask, setMask] = useState(true);
  const selected = view.flow !== undefined;

  async function copy(kind: ShareKind): Promise<void> {
    const code = await fetchShareTexts();
    if (code === undefined) {
      say(NOT_FETCHED);
      return;
    }
    const made = await code.shareText(kind, {
      engine,
      linked,
      view,
      filter,
      range,
      relay,
      base: pageAddress(),
      mask,
    });
    if (!made.ok || (await copyText(made.text))) say(made.said);
    else say('The browser does not let this page copy.');
  }

  const offers = OFFERS.filter(({ ofFlow }) => selected || ofFlow !== true);
  const items: readonly MenuItem[] = offers.map(({ kind, label, note, icon: Icon, shortcut }) => ({
    id: kind,
    label,
    note,
    icon: <Icon size={14} aria-hidden />,
    // With no flow to carry, `y` copies the link to the view.
    ...(shortcut !== undefined || (kind === 'view-link' && !selected) ? { shortcut: 'y' } : {}),
    onSelect: () => void copy(kind),
  }));
  return (
    <Menu
      label="Share"
      className="w-90 max-w-[calc(100vw-16px)]"
      placement={placement}
      renderTrigger={renderTrigger}
      items={selected ? [...items, maskItem(mask, setMask)] : items}
      {...(selected
        ? {
            footer:
              'The receiver sees the same flow even when every ring buffer has moved on. It is marked “from the link”.',
          }
        : {})}
    />
  );
}

function maskItem(mask: boolean, setMask: (mask: boolean) => void): MenuItem {
  return {
    id: 'mask',
    label: 'Mask what may be secret',
    note: 'In link and Markdown: header values, query strings, user names and passwords in URLs, Kafka client ids',
    checked: mask,
    keepOpen: true,
    onSelect: () => setMask(!mask),
  };
}
