// What is written on the map.

import { formatCount, formatRate } from '../../../widgets/index.ts';
import type { MapNode, PortUse } from '../model/graph.ts';
import type { Load, SceneLink } from '../model/scene.ts';

/** `8.3/s` */
export function rateText(perS: number): string {
  return `${formatRate(perS)}/s`;
}

/** `80/TCP HTTP`, `ICMPv4` */
export function portText({ port, protocol, l7 }: PortUse): string {
  const words = [port === undefined ? protocol : `${String(port)}/${protocol}`, l7];
  return words.filter((word) => word !== '').join(' ');
}

/** `80/TCP HTTP +2 ports`. A port with and without requests seen on it is one port. */
export function portsText(ports: readonly PortUse[]): string {
  const [first] = ports;
  if (first === undefined) return '';
  const nameOf = (use: PortUse): string => portText({ ...use, l7: '' });
  const l7 = ports.find((use) => nameOf(use) === nameOf(first) && use.l7 !== '')?.l7 ?? '';
  const more = new Set(ports.map(nameOf)).size - 1;
  const text = portText({ ...first, l7 });
  return more === 0 ? text : `${text} +${String(more)} ${more === 1 ? 'port' : 'ports'}`;
}

/** `Deployment · 2 pods · identity 6589` */
export function aboutNode(node: MapNode): string {
  const [identity, ...more] = node.identities;
  return [
    node.kind,
    node.pods > 0 ? `${String(node.pods)} ${node.pods === 1 ? 'pod' : 'pods'}` : '',
    identity === undefined
      ? ''
      : more.length > 0
        ? `${String(node.identities.length)} identities`
        : `identity ${String(identity)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * Share of failures in the answers that tell how they went, `49% errors`; '' without any. Requests that nobody has
 * answered yet, and answers without a status, would only dilute it.
 */
export function failureText({ answered, failures }: Pick<SceneLink, 'answered' | 'failures'>): string {
  if (answered === 0 || failures === 0) return '';
  const percent = (100 * failures) / answered;
  return `${percent < 1 ? '<1' : String(Math.round(percent))}% errors`;
}

/** `0.4/s dropped, coming in`, `0.5/s dropped: 0.4/s in, 0.1/s out`; '' without drops. */
export function droppedText({ droppedPerS, dropped }: Pick<Load, 'droppedPerS' | 'dropped'>): string {
  const ways = [
    { perS: dropped.inPerS, alone: 'coming in', word: 'in' },
    { perS: dropped.outPerS, alone: 'going out', word: 'out' },
    { perS: dropped.insidePerS, alone: 'inside', word: 'inside' },
  ].filter(({ perS }) => perS > 0);
  const [first, ...more] = ways;
  if (first === undefined) return '';
  const all = `${rateText(droppedPerS)} dropped`;
  return more.length === 0
    ? `${all}, ${first.alone}`
    : `${all}: ${ways.map(({ perS, word }) => `${rateText(perS)} ${word}`).join(', ')}`;
}

/** `1 workload`, `1,204 identities` */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
