export { Button, type ButtonKind, type ButtonProps, IconButton, type IconButtonProps } from './button.tsx';
export { copyText } from './copy-text.ts';
export { Dialog, type DialogProps } from './dialog.tsx';
export { fetchedPart } from './fetched-part.ts';
export { Kbd } from './kbd.tsx';
export { latePart } from './late-part.tsx';
export { cutWidth, useWidthsEpoch, widthsIn } from './cut-width.ts';
export { LongName, type LongNameProps, losesMiddle, NAME_TAIL, nameParts } from './long-name.tsx';
export { Menu, type MenuItem, type MenuProps } from './menu.tsx';
export { PANEL_LOOK, Popover, type PopoverProps, type PopoverTrigger } from './popover.tsx';
export { Segmented, type Segment, type SegmentedProps } from './segmented.tsx';
export { type Placement, usePlace } from './use-place.ts';
export { Tooltip, type TooltipProps } from './tooltip.tsx';
export {
  VERDICT_FILL,
  VERDICT_GLYPHS,
  VERDICT_INK,
  VerdictGlyph,
  verdictKind,
  type GlyphPath,
  type VerdictKind,
} from './verdict-glyph.tsx';
export { formatCount, formatExact, formatRate } from './format/number.ts';
export { formatSpan } from './format/span.ts';
export { formatClock, formatDay, type Zone } from './format/time.ts';
export { useWidth } from './use-width.ts';
