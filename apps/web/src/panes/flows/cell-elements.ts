// What one cell shows, as elements that are written anew for each row that passes through them; see row-pool.ts for why
// React does not do it. A cell has as few boxes as its looks allow: at thousands of flows a second each one is laid out
// and painted again at every drawing.
//
// The text a cell is copied and searched by is in columns.ts; this is only its looks.

import { verdictName } from '@finderscope/flow-query';
import type { FlowRow, RowEnd } from '../../engine/protocol.ts';
import { losesMiddle, verdictKind, widthsIn } from '../../widgets/index.ts';
import { summaryParts } from '../flow-summary.ts';
import { ARROW_PX, type ColumnDef } from './columns.ts';
import { createEnd, NODE_LOOK } from './end-element.ts';
import { timeText, type TimeStyle, verdictLook } from './flow-cell.tsx';
import { createArrow, createVerdictGlyph } from './glyph-elements.ts';
import { makeSpan, makeText, setClass, setText } from './patch.ts';
import { arrowKind, rowTone } from './row-tone.ts';

/** Shows a row in the element it was made for; `widthPx` is the width of the cell. */
export type DrawCell = (row: FlowRow, time: TimeStyle, widthPx: number) => void;

/** Left and right padding of a cell. */
const PADDING_PX = 12;
/** The ring lies inside the cell, and only while the grid has the keyboard. */
export const ACTIVE_RING =
  'group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:-outline-offset-2 group-focus-visible/grid:data-active:outline-accent';
const CELL = `contain-size contain-layout shrink-0 whitespace-nowrap pr-1 pl-2 first:pr-0 first:pl-3.5 ${ACTIVE_RING}`;
/** Only where something may be cut: every box that cuts is one more for the browser to tell apart when it paints. */
const CUT = 'overflow-hidden text-ellipsis';
/** From here on the end of a name and its port have room beside the arrow, whatever the letters. */
const ROOMY_PX = 200;
/** Lines as high as the row, which says how high that is. */
const PLAIN = 'text-cell/[inherit]';
/** On the line of the other cells: the middle of an odd height would be rounded up for it and down for them. */
const MONO = 'font-mono text-mono/[inherit] pt-px';

/** Fills an empty cell, and gives what draws a row in it. */
export function fillCell(cell: HTMLElement, column: ColumnDef): DrawCell {
  switch (column.kind) {
    case 'time':
      return fillTime(cell, column);
    case 'verdict':
      return fillVerdict(cell);
    case 'end':
      return fillEnd(cell, column.side ?? 'source');
    case 'summary': {
      cell.className = `${CELL} ${CUT} ${PLAIN}`;
      const { element, draw } = createSummary('');
      cell.append(element);
      return draw;
    }
    case 'type':
      return fillText(cell, (row) => `${PLAIN} ${typeInk(row)}`, column.text);
    case 'node':
      return fillNode(cell);
    case 'stack':
      return fillStack(cell);
    case 'mono':
      return fillText(cell, () => `${MONO} text-text2`, column.text);
    case 'text':
      return fillText(cell, () => `${PLAIN} text-text2`, column.text);
  }
}

const ABSENT = '–';

function typeInk({ verdict }: FlowRow): string {
  return rowTone(verdict) === 'calm' ? 'text-text2' : 'text-text';
}

/** Times of day are of one length, for which the column has room until a person makes it narrower; distances are not. */
function fillTime(cell: HTMLElement, column: ColumnDef): DrawCell {
  const text = makeText();
  cell.append(text);
  return ({ timeNs }, time, widthPx) => {
    setClass(
      cell,
      `${CELL} ${widthPx < column.widthPx || time.referenceNs !== undefined ? CUT : ''} ${MONO} text-text2`,
    );
    setText(text, timeText(timeNs, time));
  };
}

/** A cell that is one text; – where the flow does not hold it. */
function fillText(
  cell: HTMLElement,
  look: (row: FlowRow) => string,
  say: (row: FlowRow) => string,
): DrawCell {
  const text = makeText();
  cell.append(text);
  return (row) => {
    const said = say(row);
    setClass(cell, `${CELL} ${CUT} ${said === '' ? `${PLAIN} text-text3` : look(row)}`);
    setText(text, said === '' ? ABSENT : said);
  };
}

/** `cluster/node`; without room for both the node alone, but for who has it read out. */
function fillNode(cell: HTMLElement): DrawCell {
  const widthOf = widthsIn('text-cell');
  const end = createEnd(NODE_LOOK);
  const hidden = makeText();
  cell.className = `${CELL} ${CUT} ${PLAIN} flex`;
  cell.append(makeSpan('unseen', hidden), ...end.nodes);
  return ({ nodeName }, _, widthPx) => {
    const roomPx = widthPx - PADDING_PX;
    const at = nodeName.lastIndexOf('/') + 1;
    const isWhole = widthOf(nodeName) <= roomPx;
    setText(hidden, isWhole ? '' : nodeName.slice(0, at));
    end.draw({ namespace: '', name: isWhole ? nodeName : nodeName.slice(at), port: undefined }, roomPx, true);
  };
}

function fillVerdict(cell: HTMLElement): DrawCell {
  const glyph = createVerdictGlyph();
  const text = makeText();
  const name = makeSpan('', text);
  cell.className = `${CELL} ${PLAIN} flex gap-1.5`;
  cell.append(glyph.element, name);
  return ({ verdict }) => {
    glyph.draw(verdictKind(verdict));
    setClass(name, `truncate ${verdictLook(verdict)}`);
    setText(text, verdictName(verdict));
  };
}

function fillEnd(cell: HTMLElement, side: 'source' | 'destination'): DrawCell {
  const end = createEnd();
  const arrow = side === 'destination' ? createArrow('mr-2.5') : undefined;
  const takenPx = PADDING_PX + (arrow === undefined ? 0 : ARROW_PX);
  cell.append(...(arrow === undefined ? [] : [arrow.element]), ...end.nodes);
  return (row, _, widthPx) => {
    setClass(cell, `${CELL} ${widthPx < ROOMY_PX ? CUT : ''} ${PLAIN} flex`);
    arrow?.draw(arrowKind(row));
    end.draw(row[side], widthPx - takenPx, true);
  };
}

type Summary = { readonly element: HTMLElement; readonly draw: (row: FlowRow) => void };

function createSummary(className: string): Summary {
  const [strong, text, note] = [makeText(), makeText(), makeText()];
  const element = makeSpan(
    '',
    makeSpan('font-semibold text-text', strong),
    text,
    makeSpan('text-text3', note),
  );
  return {
    element,
    draw: (row) => {
      const parts = summaryParts(row);
      setClass(element, `${className} ${row.summary === '' ? 'text-text3' : 'text-text2'}`);
      setText(strong, parts.strong === '' ? '' : `${parts.strong} `);
      setText(text, row.summary === '' ? ABSENT : parts.text);
      setText(note, row.summary === '' || parts.note === '' ? '' : ` ${parts.note}`);
    },
  };
}

/** A phone's only cell: two lines. */
function fillStack(cell: HTMLElement): DrawCell {
  const glyph = createVerdictGlyph();
  const arrow = createArrow('');
  const [verdict, time, type] = [makeText(), makeText(), makeText()];
  const [source, destination] = [createStackEnd(), createStackEnd()];
  const typeBox = makeSpan('', type);
  const summary = createSummary('truncate');
  const who = makeSpan('flex min-w-0 items-center gap-1.5', glyph.element, makeSpan('unseen', verdict));
  who.append(source.element, arrow.element, destination.element);
  const what = makeSpan(
    'flex min-w-0 items-center gap-2 pl-4.5 text-note',
    makeSpan('shrink-0 font-mono text-mono text-text2', time),
    typeBox,
    summary.element,
  );
  cell.className = `${CELL} ${CUT} relative flex items-center text-cell`;
  cell.append(makeSpan('flex min-w-0 flex-1 flex-col', who, what));
  return (row, style, widthPx) => {
    glyph.draw(verdictKind(row.verdict));
    arrow.draw(arrowKind(row));
    setText(verdict, verdictName(row.verdict));
    source.draw(row.source, row.destination, widthPx / 2);
    destination.draw(row.destination, row.source, widthPx / 2);
    setText(time, timeText(row.timeNs, style));
    setClass(typeBox, `truncate ${verdictLook(row.verdict)}`);
    setText(type, row.type);
    summary.draw(row);
  };
}

/** Two names share a line: a short one stays whole where the other can lose its middle. */
function createStackEnd() {
  const { nodes, draw } = createEnd();
  const element = makeSpan('', ...nodes);
  return {
    element,
    draw: (end: RowEnd, other: RowEnd, widthPx: number) => {
      const whole = !losesMiddle(end.name) && losesMiddle(other.name);
      setClass(element, `flex min-w-0 ${whole ? 'max-w-3/5 shrink-0' : 'shrink'}`);
      draw(end, widthPx, false);
    },
  };
}
