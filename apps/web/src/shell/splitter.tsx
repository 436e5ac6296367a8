import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

export type SplitterProps = {
  /** 'column': it lies between two panes one below the other. */
  readonly along: 'row' | 'column';
  /** Names of the panes above and below it, or left and right. */
  readonly before: string;
  readonly after: string;
  /** Percent that the first of them has. */
  readonly percent: number;
  /** px by which the pointer has moved the splitter since it was taken. */
  readonly onDrag: (byPx: number) => void;
  readonly onDrop: () => void;
  /** Percent by which a key moves it; infinite towards an end. */
  readonly onStep: (byPercent: number) => void;
  /** Both panes take their own measure again. */
  readonly onReset: () => void;
};

const STEP = 4;

/** A hairline with a hold of 9 px. Arrows, Home and End move it, a double click or Enter gives the first measure. */
export function Splitter({ along, before, after, percent, onDrag, onDrop, onStep, onReset }: SplitterProps) {
  const from = useRef<number | undefined>(undefined);
  function placeOf(event: PointerEvent): number {
    return along === 'row' ? event.clientX : event.clientY;
  }
  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    from.current = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  function onPointerMove(event: PointerEvent): void {
    if (from.current !== undefined) onDrag(placeOf(event) - from.current);
  }
  function end(): void {
    if (from.current === undefined) return;
    from.current = undefined;
    onDrop();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS.get(event.key);
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) onReset();
    else onStep(step);
  }
  return (
    <div
      role="separator"
      aria-orientation={along === 'row' ? 'vertical' : 'horizontal'}
      aria-label={`${before} and ${after}`}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
      className={`focus-inside group relative z-10 flex shrink-0 touch-none items-center justify-center ${LOOK[along]}`}
    >
      <span className={`bg-line group-hover:bg-ctl ${along === 'row' ? 'h-full w-px' : 'h-px w-full'}`} />
    </div>
  );
}

const LOOK = {
  row: '-mx-1 w-2.25 cursor-col-resize',
  column: '-my-1 h-2.25 cursor-row-resize',
} as const;

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', -STEP],
  ['ArrowLeft', -STEP],
  ['ArrowRight', STEP],
  ['ArrowDown', STEP],
  ['Home', Number.NEGATIVE_INFINITY],
  ['End', Number.POSITIVE_INFINITY],
]);
