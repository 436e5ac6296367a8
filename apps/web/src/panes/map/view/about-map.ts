// One line about the map: how much of what is drawn, over which time, and what is not.

import { plural } from '../draw/words.ts';
import type { MapScope } from '../model/graph.ts';
import type { MapScene } from '../model/scene.ts';

export type AboutInput = {
  readonly scene: MapScene;
  readonly scope: MapScope;
  /** Links of the graph between different nodes, before they were joined. */
  readonly links: number;
  /** Nodes that talk to themselves. */
  readonly selfLinks: number;
  /** Links beyond what the engine was asked for. */
  readonly leftOut: number;
  /** Flows that only tell of an address put in place of another. */
  readonly sockets: number;
  readonly still: boolean;
  readonly spanS: number;
};

export function aboutMap({ scene, scope, links, still, spanS }: AboutInput): string {
  const nodes = scene.islands.reduce((sum, island) => sum + island.members.length, 0);
  const boxed = scene.islands.filter((island) => island.name !== '').length;
  const outside = [...scene.items.values()].reduce(
    (sum, item) => sum + (item.kind === 'pill' ? item.nodes.length : 0),
    0,
  );
  const span = still ? spanText(spanS) : 'last 60 s';
  const around = scene.folded > 0 ? 'folded into' : 'in';
  return [
    `${plural(nodes, scope)}${boxed > 0 ? ` ${around} ${plural(boxed, 'island')}` : ''}`,
    outside > 0 ? `${String(outside)} outside` : '',
    `${plural(links, 'link')}. Rates: ${span}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What the map does not draw, a sentence each; empty when it draws everything. */
export function leftOutOf({ scene, scope, leftOut, selfLinks, sockets }: AboutInput): readonly string[] {
  return [
    scene.folded > 0
      ? `${plural(scene.folded, scope)} stand in closed islands: there is no room for all of them. A click opens an island.`
      : '',
    selfLinks > 0 ? `${plural(selfLinks, 'link')} within one ${scope}: counted in its rate.` : '',
    leftOut > 0 ? `${plural(leftOut, 'link')} with fewer flows than those drawn.` : '',
    sockets > 0
      ? `${plural(sockets, 'flow')} of the socket load balancer, which puts one address in place of another: no packet went anywhere, so they are no link.`
      : '',
  ].filter(Boolean);
}

function spanText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 120 ? `${String(whole)} s in view` : `${String(Math.round(whole / 60))} min in view`;
}
