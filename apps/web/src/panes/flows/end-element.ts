// One end of a flow in a row: namespace, name and port, in the parts of `nameParts`. Two boxes do for the four of
// LongName, since this is laid out anew for every flow that runs by:
//
//   | delivery/delivery-gatew… | -427tn:53300 |       the first gives way, from its end; the second stays whole

import { nameParts } from '../../widgets/index.ts';
import type { RowEnd } from '../../engine/protocol.ts';
import { makeSpan, makeText, setClass, setText } from './patch.ts';

export type EndElement = {
  readonly nodes: readonly Node[];
  readonly draw: (end: RowEnd, widthPx: number) => void;
};

const HEAD = 'min-w-0 truncate';
const NAME = 'font-medium text-text';
const PORT = 'font-normal text-text3';
/** A namespace takes half of the room at most. */
const LONG_NAMESPACE = 'inline-block truncate align-top';
/** No letter of a namespace is wider, but for a few that are not worth measuring: m and w. */
const LETTER_PX = 8;

/** For a flex box; `widthPx` is the room that the end has. */
export function createEnd(): EndElement {
  const [namespace, head, tail, port] = [makeText(), makeText(), makeText(), makeText()];
  const namespaceBox = makeSpan('', namespace);
  const headBox = makeSpan('', namespaceBox, head);
  const tailBox = makeSpan(`shrink-0 ${NAME}`, tail, makeSpan(PORT, port));
  return {
    nodes: [headBox, tailBox],
    draw: (end, widthPx) => {
      // The CLI writes no port 0: a socket's source port is not known.
      const parts = nameParts({ ...end, port: end.port === 0 ? undefined : end.port });
      const absent = end.name === '';
      const isLong = parts.namespace.length * LETTER_PX > widthPx / 2;
      setClass(headBox, `${HEAD} ${absent ? 'text-text3' : NAME}`);
      setClass(namespaceBox, isLong ? `${PORT} ${LONG_NAMESPACE}` : PORT);
      if (isLong) namespaceBox.style.maxWidth = `${String(Math.floor(widthPx / 2))}px`;
      setText(namespace, absent ? '' : parts.namespace);
      setText(head, absent ? '–' : parts.head);
      setText(tail, parts.tail);
      setText(port, absent ? '' : parts.port);
    },
  };
}
