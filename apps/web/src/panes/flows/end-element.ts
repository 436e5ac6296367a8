// One end of a flow in a row: namespace, name and port, in the parts of `nameParts`. Two boxes do for the four of
// LongName, since this is laid out anew for every flow that runs by:
//
//   | delivery/delivery-gatew… | -427tn:53300 |       the first gives way, from its end; the second stays whole

import { cutWidth, nameParts, widthsIn } from '../../widgets/index.ts';
import type { RowEnd } from '../../engine/protocol.ts';
import { makeSpan, makeText, setClass, setText } from './patch.ts';

export type EndElement = {
  readonly nodes: readonly Node[];
  /** `isAlone`: all of that width is the end's, so where it will be cut is known. */
  readonly draw: (
    end: Pick<RowEnd, 'namespace' | 'name' | 'port'>,
    widthPx: number,
    isAlone: boolean,
  ) => void;
};

const HEAD = 'min-w-0 truncate';
const NAME = 'font-medium text-text';
const PORT = 'font-normal text-text3';
/** A namespace takes half of the room at most. */
const LONG_NAMESPACE = 'inline-block truncate align-top';
/** With less of a pod's name in front, its end says nothing: `a…-4xk2p`. Some five letters and the dots. */
const LEAST_HEAD_PX = 48;
/** Nodes are told apart by their ends. */
const LEAST_NODE_PX = 18;

export type EndLook = { readonly name: string; readonly leastHeadPx: number };

const POD_LOOK: EndLook = { name: NAME, leastHeadPx: LEAST_HEAD_PX };
export const NODE_LOOK: EndLook = { name: 'text-text2', leastHeadPx: LEAST_NODE_PX };

/** For a flex box; `widthPx` is the room that the end has. */
export function createEnd({ name: look, leastHeadPx }: EndLook = POD_LOOK): EndElement {
  const nameWidth = widthsIn(`text-cell ${look}`);
  const plainWidth = widthsIn(`text-cell ${PORT}`);
  let cappedPx: number | undefined;
  const cap = (px: number | undefined): void => {
    if (px !== cappedPx) headBox.style.maxWidth = px === undefined ? '' : `${String(px)}px`;
    cappedPx = px;
  };
  const [namespace, head, tail, port] = [makeText(), makeText(), makeText(), makeText()];
  const namespaceBox = makeSpan('', namespace);
  const headBox = makeSpan('', namespaceBox, head);
  const tailBox = makeSpan(`shrink-0 ${look}`, tail, makeSpan(PORT, port));
  return {
    nodes: [headBox, tailBox],
    draw: (end, widthPx, isAlone) => {
      // The CLI writes no port 0: a socket's source port is not known.
      const parts = nameParts({ ...end, port: end.port === 0 ? undefined : end.port });
      const absent = end.name === '';
      const half = Math.floor(widthPx / 2);
      const wholePx = absent ? 0 : plainWidth(parts.namespace);
      const isLong = wholePx > half;
      // Its slash is not cut with it.
      const [space, slash] = isLong ? [parts.namespace.slice(0, -1), '/'] : [parts.namespace, ''];
      const spacePx = isLong ? (cutWidth(space, half, plainWidth) ?? half) : wholePx;
      setClass(headBox, `${HEAD} ${absent ? 'text-text3' : look}`);
      setClass(namespaceBox, isLong ? `${PORT} ${LONG_NAMESPACE}` : PORT);
      if (isLong) namespaceBox.style.maxWidth = `${String(spacePx)}px`;
      const roomPx = widthPx - spacePx - (absent ? 0 : plainWidth(parts.port));
      const tailPx = nameWidth(parts.tail);
      const keepsTail = !isAlone || roomPx - tailPx >= Math.min(leastHeadPx, nameWidth(slash + parts.head));
      const shown = slash + (keepsTail ? parts.head : parts.head + parts.tail);
      const headPx = isAlone ? cutWidth(shown, roomPx - (keepsTail ? tailPx : 0), nameWidth) : undefined;
      cap(headPx === undefined ? undefined : spacePx + headPx);
      setText(namespace, absent ? '' : space);
      setText(head, absent ? '–' : shown);
      setText(tail, keepsTail ? parts.tail : '');
      setText(port, absent ? '' : parts.port);
    },
  };
}
