// The map pane: ties the address, the settings and the engine to the canvas or its twin.

import { queryTokens } from '@finderscope/flow-query';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { changeSettings, useSettings } from '../../../settings/index.ts';
import { currentView, navigate, useView } from '../../../view-state/index.ts';
import { useFilter } from '../../pane.ts';
import { useLate } from '../../use-late.ts';
import { staysAt } from '../model/ageing.ts';
import { findNodes } from '../model/find.ts';
import { MAX_HOPS } from '../model/focus.ts';
import { EMPTY_GRAPH, type MapGraph, type MapNode } from '../model/graph.ts';
import { islandNode } from '../model/pick-ends.ts';
import { NO_PICK, type Pick } from '../model/pick.ts';
import { EMPTY_SCENE, type MapScene } from '../model/scene.ts';
import { type AboutInput, aboutMap, leftOutOf } from './about-map.ts';
import { mapPicture, type PictureKind, saveFile } from './export-map.ts';
import { HoverCard, wordsOf } from './hover-card.tsx';
import { makeLook } from './make-look.ts';
import { MapEmpty } from './map-empty.tsx';
import { MapHead } from './map-head.tsx';
import { MapLegend, type Seen } from './map-legend.tsx';
import { MapTable } from './map-table.tsx';
import { KEY_HINT, mapAct, type MapAct } from './map-keys.ts';
import { focusText, hoveredOf, pickedOf, strangersOf } from './map-names.ts';
import { pin, pinsOf, unpin, withoutScope } from './map-pins.ts';
import { MapWaiting } from './map-waiting.tsx';
import type { Hit, MapEvents, MapView } from './map-view.ts';
import { type Markable, markables, nextMark } from './next-mark.ts';
import { PickCard, type Picked } from './pick-card.tsx';
import { useEdges } from './use-edges.ts';
import { useLayout } from './use-layout.ts';
import { type Place, useLayoutPlace } from './use-layout-place.ts';
import { useMapCanvas } from './use-map-canvas.ts';
import { useDrawing, useDrawnLinks, useGeometry, useScene, isDrawn } from './use-map-model.ts';
import { useHeld } from './use-held.ts';
import { useKnownNodes, usePick } from './use-pick.ts';

const NO_NODES: readonly MapNode[] = [];
/** More is a mistake, and would not fit into the filter bar. */
const MAX_CHOSEN = 8;

export function MapPane() {
  const view = useView();
  const filter = useFilter();
  const settings = useSettings();
  const scope = view.mapScope;
  const [find, setFind] = useState('');
  const [hover, setHover] = useState<
    { readonly hit: Hit; readonly at: { x: number; y: number } } | undefined
  >(undefined);
  const [drag, setDrag] = useState<
    { readonly id: string; readonly x: number; readonly y: number } | undefined
  >(undefined);
  const [mark, setMark] = useState<string | undefined>(undefined);
  const [again, setAgain] = useState(0);
  const [said, setSaid] = useState('');
  const hintId = useId();

  const [seen, setSeen] = useState<readonly MapNode[]>(NO_NODES);
  const known = useKnownNodes(seen);
  const { pick, ownFilter, unsaid, choose } = usePick(filter, scope, known);
  const edges = useEdges(scope, ownFilter);
  const graph = edges.graph ?? EMPTY_GRAPH;
  const scene = useScene(edges.graph, edges.still, view.mapFocus, view.mapHops, view.mapFolds);
  const nodes = useMemo(() => withIslands(graph, scene), [graph, scene]);
  const counted = useMemo(() => countLinks(graph, edges.still), [graph, edges.still]);
  if (nodes !== seen) setSeen(nodes);

  const events: MapEvents = {
    onHover: (hit, at) => setHover(hit === undefined ? undefined : { hit, at }),
    onClick: click,
    onDoubleClick: doubleClick,
    onDrag: (id, by, done) => {
      setDrag(done ? undefined : { id, ...by });
      if (done) pin(scope, id, by, settings.mapPins);
    },
  };
  const hits = useMemo(() => (find === '' ? NO_NODES : findNodes(graph.nodes, find)), [find, graph]);
  const found = useMemo(() => (find === '' ? undefined : hits.map(({ id }) => id)), [find, hits]);
  const pins = useMemo(() => pinsOf(settings.mapPins, scope, drag), [settings.mapPins, scope, drag]);
  const held = useHeld(pick, JSON.stringify(pick));
  const look = useMemo(
    () =>
      makeLook({
        scene: scene ?? EMPTY_SCENE,
        pick: held,
        hover: hover?.hit.id,
        mark,
        found,
        pinned: new Set(Object.keys(pins)),
      }),
    [scene, held, hover?.hit.id, mark, found, pins],
  );
  const [place, setPlace] = useState<Place | undefined>(undefined);
  // A choice that was let go puts tokens back in another order.
  const asked = useMemo(
    () =>
      queryTokens(ownFilter)
        .map(({ text }) => text)
        .toSorted(),
    [ownFilter],
  );
  const layout = useLayout(
    scene,
    JSON.stringify([scope, asked, view.mapFocus, view.mapHops]),
    view.mapFolds.join(','),
    again,
    () => pick.kind !== 'none' || hover !== undefined || drag !== undefined || map?.isTaken() === true,
    place,
  );
  const geometry = useGeometry(scene, layout.plan, pins);
  const marks = useMemo(
    () => (scene === undefined || geometry === undefined ? [] : markables(scene, geometry)),
    [scene, geometry],
  );
  const links = useDrawnLinks(scene, layout.plan, geometry);
  const drawing = useDrawing(scene, geometry, links, look, scope, layout.arranged);
  const { canvas, view: map, palette, legend, widthPx, heightPx } = useMapCanvas(drawing, events);
  useLayoutPlace(place, setPlace, widthPx, heightPx);

  function click(hit: Hit | undefined, adding: boolean): void {
    if (hit === undefined) return pick.kind === 'none' ? undefined : choose(NO_PICK);
    const item = scene?.items.get(hit.id);
    if (hit.kind === 'island' || item?.kind === 'closed' || (item?.kind === 'pill' && item.nodes.length > 1))
      return turn(hit.id);
    if (hit.kind === 'item') return choose(pickNode(pick, hit.id, adding));
    const link = scene?.links.find(({ id }) => id === hit.id);
    if (link === undefined) return undefined;
    const chosen = pick.kind === 'link' && pick.source === link.source && pick.target === link.target;
    return choose(chosen ? NO_PICK : { kind: 'link', source: link.source, target: link.target });
  }
  function doubleClick(hit: Hit | undefined, adding: boolean): void {
    const item = hit?.kind === 'item' ? scene?.items.get(hit.id) : undefined;
    if (item?.kind === 'card' || (item?.kind === 'pill' && item.nodes.length === 1)) focusOn(item.id, adding);
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const act = mapAct(event);
    if (map === undefined || act === undefined || !perform(act, map)) return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** False when there is nothing that the key could act on: it is somebody else's then. */
  function perform(act: MapAct, on: MapView): boolean {
    const marked = mark === undefined ? undefined : marks.find(({ hit }) => hit.id === mark);
    switch (act.kind) {
      case 'mark': {
        const next = nextMark(marks, marked?.hit.id, act.to);
        if (next !== undefined) point(next, on);
        return true;
      }
      case 'pan':
        on.panBy(act.dx, act.dy);
        return true;
      case 'zoom':
        on.zoomBy(act.by);
        return true;
      case 'fit':
        on.fit();
        return true;
      case 'let-go':
        if (pick.kind === 'none' && mark === undefined) return false;
        if (pick.kind === 'none') setMark(undefined);
        else choose(NO_PICK);
        return true;
      default:
        if (marked === undefined) return false;
    }
    const { hit } = marked;
    setHover(undefined);
    if (act.kind === 'choose') click(hit, act.adding);
    else if (act.kind === 'around') doubleClick(hit, act.adding);
    else if (act.kind === 'move') pin(scope, hit.id, { x: act.dx, y: act.dy }, settings.mapPins);
    else unpin(scope, hit.id, settings.mapPins);
    return true;
  }
  function point({ hit, box }: Markable, on: MapView): void {
    const at = on.reveal(box);
    setMark(hit.id);
    setHover({ hit, at });
    const told = hoveredOf({ hit, at }, scene, known);
    if (told !== undefined) setSaid(wordsOf(told));
  }
  function save(kind: PictureKind): void {
    if (map === undefined || palette === undefined) return;
    void mapPicture(map, palette, kind).then((blob) => {
      if (blob === undefined) setSaid('The browser cannot make a picture of this size. Save it as SVG.');
      else saveFile(blob, `service-map.${kind}`);
    });
  }
  function show(node: MapNode): void {
    const id = scene?.itemOf.get(node.id) ?? node.id;
    const box = geometry?.items.get(id);
    if (box !== undefined) map?.centreOn(box);
  }
  function arrange(): void {
    if (Object.keys(pins).length > 0) changeSettings({ mapPins: withoutScope(settings.mapPins, scope) });
    setPlace({ w: widthPx, h: heightPx });
    setAgain(again + 1);
    map?.fit();
  }

  const picked = pickedOf(pick, scene, known);
  // Of what is chosen the card tells more, and the pointer that has chosen it still stands there.
  const told = hover !== undefined && isPicked(picked, hover.hit.id);
  const hovered =
    hover === undefined || drag !== undefined || told ? undefined : hoveredOf(hover, scene, known);
  const about: AboutInput = {
    scene: scene ?? EMPTY_SCENE,
    scope,
    ...counted,
    leftOut: edges.folded.edges,
    sockets: edges.sockets,
    still: edges.still,
    spanS: edges.spanS,
  };
  const empty = scene !== undefined && scene.items.size === 0;
  const waiting = useLate(!empty && !isDrawn(drawing) && layout.failure === undefined);
  return (
    <section aria-label="Service map" className="@container flex h-full min-h-0 min-w-0 flex-col bg-base">
      <MapHead
        about={scene === undefined ? '' : aboutMap(about)}
        leftOut={scene === undefined ? [] : leftOutOf(about)}
        scope={scope}
        table={view.mapTable}
        focus={
          view.mapFocus.length === 0
            ? undefined
            : { text: focusText(view.mapFocus, view.mapHops, known), hops: view.mapHops }
        }
        find={find}
        hits={hits}
        moved={Object.keys(pins).length > 0}
        onScope={(next) => {
          if (pick.kind !== 'none') choose(NO_PICK);
          navigate({ mapScope: next, mapFocus: [], mapHops: 1 });
        }}
        onFind={setFind}
        onShow={show}
        onZoom={(factor) => map?.zoomBy(factor)}
        onFit={() => map?.fit()}
        onArrange={arrange}
        onPicture={save}
      />
      {view.mapTable && (
        <MapTable
          graph={graph}
          found={found}
          isChosen={(source, target) =>
            pick.kind === 'link' && pick.source === source && pick.target === target
          }
          onChoose={(source, target) => {
            const same = pick.kind === 'link' && pick.source === source && pick.target === target;
            choose(same ? NO_PICK : { kind: 'link', source, target });
          }}
        />
      )}
      <div className={view.mapTable ? 'hidden' : 'relative min-h-0 flex-1 overflow-hidden bg-canvas'}>
        {/* It takes keys: they pan and zoom. All else on it is in the table, for keyboards and readers. */}
        {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        <div
          role="application"
          aria-label="Map. The table button shows the same as a table."
          aria-describedby={hintId}
          onBlur={() => setHover(undefined)}
          tabIndex={0}
          onKeyDown={onKeyDown}
          className="focus-inside peer absolute inset-0"
        >
          <canvas
            ref={canvas}
            data-testid="map-canvas"
            aria-hidden="true"
            className={`absolute inset-0 block size-full touch-none ${hover === undefined ? 'cursor-grab' : 'cursor-pointer'}`}
          />
        </div>
        <p
          id={hintId}
          className="pointer-events-none absolute bottom-0 left-0 z-10 hidden max-w-full truncate rounded-tr-card bg-overlay px-2 py-0.5 text-head text-text2 peer-focus-visible:block"
        >
          {KEY_HINT}
        </p>
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        {empty && <MapEmpty filter={ownFilter} still={edges.still} />}
        {(waiting || layout.failure !== undefined) && (
          <MapWaiting
            nodes={scene?.islands.reduce((sum, { members }) => sum + members.length, 0)}
            noun={scope}
            failure={layout.failure}
          />
        )}
        {hovered !== undefined && <HoverCard hovered={hovered} widthPx={widthPx} heightPx={heightPx} />}
        {!empty && picked === undefined && <MapLegend place={legend} seen={seenOn(scene)} />}
        {picked !== undefined && (
          <PickCard
            picked={picked}
            spanS={edges.spanS}
            strangers={strangersOf(pick, known)}
            unsaid={unsaid}
            onClose={() => choose(NO_PICK)}
            onPutBack={
              picked.kind === 'item' && picked.item.id in pins
                ? () => unpin(scope, picked.item.id, settings.mapPins)
                : undefined
            }
          />
        )}
      </div>
      <output data-testid="map-said" className="unseen">
        {said}
      </output>
    </section>
  );
}

function isPicked(picked: Picked | undefined, id: string): boolean {
  return picked !== undefined && (picked.kind === 'item' ? picked.item.id : picked.link.id) === id;
}

function seenOn(scene: MapScene | undefined): Seen {
  const links = scene?.links ?? [];
  return {
    redirected: links.some(({ mix }) => mix.redirected > 0),
    audit: links.some(({ mix }) => mix.audit > 0),
    closed: scene?.islands.some(({ open }) => !open) === true,
  };
}

/** Links that have not gone, from one node to another or to itself. */
function countLinks(graph: MapGraph, still: boolean): { links: number; selfLinks: number } {
  const counted = { links: 0, selfLinks: 0 };
  const stays = staysAt(still ? undefined : graph.nowNs);
  for (const link of graph.links)
    if (stays(link)) counted[link.source === link.target ? 'selfLinks' : 'links']++;
  return counted;
}

/** Nodes, and islands as something that can be chosen. */
function withIslands(graph: MapGraph, scene: MapScene | undefined): readonly MapNode[] {
  const islands = (scene?.islands ?? []).filter((island) => island.name !== '');
  return [...graph.nodes, ...islands.map(({ id, cluster, name }) => islandNode(id, cluster, name))];
}

function pickNode(pick: Pick, id: string, adding: boolean): Pick {
  const before = pick.kind === 'nodes' ? pick.ids : [];
  if (before.includes(id)) {
    const ids = adding ? before.filter((other) => other !== id) : [];
    return ids.length === 0 ? NO_PICK : { kind: 'nodes', ids };
  }
  return { kind: 'nodes', ids: adding ? [...before, id].slice(-MAX_CHOSEN) : [id] };
}

/** Opens what is closed, closes what is open. */
function turn(id: string): void {
  const { mapFolds } = currentView();
  navigate({
    mapFolds: mapFolds.includes(id) ? mapFolds.filter((other) => other !== id) : [...mapFolds, id],
  });
}

/** Draws only what is around a node; again on the same node reaches one link further. */
function focusOn(id: string, adding: boolean): void {
  const { mapFocus, mapHops } = currentView();
  if (adding && !mapFocus.includes(id)) navigate({ mapFocus: [...mapFocus, id] });
  else if (mapFocus.includes(id)) navigate({ mapHops: Math.min(MAX_HOPS, mapHops + 1) });
  else navigate({ mapFocus: [id], mapHops: 1 });
}
