// The head of the map: what is on it, find, scope, zoom, the table, the picture.

import {
  ChevronDown,
  Download,
  EyeOff,
  Info,
  ListRestart,
  Maximize,
  Minus,
  Plus,
  Table2,
  X,
} from 'lucide-react';
import { navigate } from '../../../view-state/index.ts';
import { Button, IconButton, Menu, Popover, Segmented } from '../../../widgets/index.ts';
import { FillButton } from '../../fill-button.tsx';
import { MAP_SCOPES, type MapNode, type MapScope } from '../model/graph.ts';
import type { PictureKind } from './export-map.ts';
import { MapFind } from './map-find.tsx';

export type MapHeadProps = {
  readonly about: string;
  /** What is not drawn, a sentence each. */
  readonly leftOut: readonly string[];
  readonly scope: MapScope;
  readonly table: boolean;
  readonly focus: { readonly text: string; readonly hops: number } | undefined;
  readonly find: string;
  readonly hits: readonly MapNode[];
  readonly moved: boolean;
  readonly onScope: (scope: MapScope) => void;
  readonly onFind: (text: string) => void;
  readonly onShow: (node: MapNode) => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onArrange: () => void;
  readonly onPicture: (kind: PictureKind) => void;
};

const SCOPE_NAMES: Readonly<Record<MapScope, string>> = {
  cluster: 'Cluster',
  namespace: 'Namespace',
  workload: 'Workload',
  pod: 'Pod',
  identity: 'Identity',
  node: 'Node',
};

export function MapHead(props: MapHeadProps) {
  const { scope, table, focus } = props;
  return (
    <header className="flex h-8.5 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3.5 max-tablet:h-13">
      <h2 className="text-body font-semibold whitespace-nowrap">Service map</h2>
      <span
        className="ml-1.5 min-w-0 truncate text-note whitespace-nowrap text-text3 @max-3xl:unseen"
        data-testid="map-about"
        title={props.about}
      >
        {props.about}
      </span>
      <About about={props.about} leftOut={props.leftOut} />
      <span className="flex-1" />
      {focus !== undefined && (
        <Button
          small
          kind="line"
          className="min-w-0 border-accent"
          title="Show the whole map"
          onClick={() => navigate({ mapFocus: [], mapHops: 1 })}
        >
          <span className="truncate">{focus.text}</span>
          <X size={13} aria-hidden className="shrink-0" />
        </Button>
      )}
      <span className="contents @max-md:hidden">
        <MapFind text={props.find} hits={props.hits} onText={props.onFind} onShow={props.onShow} />
      </span>
      <span className="ml-1 inline-flex @max-5xl:hidden">
        <Segmented
          small
          label="A node is a"
          value={scope}
          segments={MAP_SCOPES.map((value) => ({ value, label: SCOPE_NAMES[value] }))}
          onChange={props.onScope}
        />
      </span>
      <span className="ml-1 hidden @max-5xl:inline-flex">
        <Menu
          label="A node is a"
          choose="one"
          items={MAP_SCOPES.map((value) => ({
            id: value,
            label: SCOPE_NAMES[value],
            checked: value === scope,
            onSelect: () => props.onScope(value),
          }))}
          renderTrigger={(trigger) => (
            <Button small {...trigger} aria-label={`A node is a ${scope}`}>
              {SCOPE_NAMES[scope]}
              <ChevronDown size={13} aria-hidden />
            </Button>
          )}
        />
      </span>
      {!table && (
        <>
          <span className="contents max-tablet:hidden">
            <IconButton label="Zoom out" shortcut="−" small onClick={() => props.onZoom(1 / 1.4)}>
              <Minus size={14} aria-hidden />
            </IconButton>
            <IconButton label="Zoom in" shortcut="+" small onClick={() => props.onZoom(1.4)}>
              <Plus size={14} aria-hidden />
            </IconButton>
          </span>
          <IconButton label="Show all of the map" shortcut="0" small onClick={props.onFit}>
            <Maximize size={14} aria-hidden />
          </IconButton>
          <span className="contents max-tablet:hidden">
            <IconButton
              label={props.moved ? 'Arrange again, and let go of what was moved' : 'Arrange again'}
              small
              onClick={props.onArrange}
            >
              <ListRestart size={14} aria-hidden />
            </IconButton>
          </span>
        </>
      )}
      <IconButton
        label={table ? 'Show as map' : 'Show as table'}
        small
        aria-pressed={table}
        className="aria-pressed:bg-token aria-pressed:text-text"
        onClick={() => navigate({ mapTable: !table })}
      >
        <Table2 size={14} aria-hidden />
      </IconButton>
      <Menu
        label="Save the map"
        placement="bottom-end"
        items={(['png', 'svg'] as const).map((kind) => ({
          id: kind,
          label: `Save as ${kind.toUpperCase()}`,
          disabled: table,
          onSelect: () => props.onPicture(kind),
        }))}
        renderTrigger={(trigger) => (
          <Button small kind="plain" {...trigger} aria-label="Save the map" title="Save the map">
            <Download size={14} aria-hidden />
          </Button>
        )}
      />
      <FillButton />
    </header>
  );
}

/** The line in full, and what it leaves out: nothing is left out without a word. */
function About({ about, leftOut }: Pick<MapHeadProps, 'about' | 'leftOut'>) {
  const whole = leftOut.length === 0;
  return (
    <Popover
      label="About the map"
      placement="bottom-start"
      className="max-w-100 p-3 text-note text-text2"
      renderTrigger={(trigger) => (
        <IconButton label={whole ? 'What is drawn' : 'What is drawn, and what is not'} small {...trigger}>
          {whole ? <Info size={14} aria-hidden /> : <EyeOff size={14} aria-hidden />}
        </IconButton>
      )}
    >
      {() => (
        <>
          <p>{about}.</p>
          {!whole && (
            <>
              <p className="mt-2 font-semibold text-text">Not drawn</p>
              <ul className="mt-1 flex flex-col gap-1.5">
                {leftOut.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Popover>
  );
}
