// All benches, in the order in which they run.

import { DECODE } from './decode.ts';
import { DEMO_LOAD } from './demo-load.ts';
import { DECODE_CHROMIUM } from './decode-chromium.ts';
import { PASSTHROUGH, REDACT, SLOW_VIEWER } from './gateway.ts';
import { IDLE_CPU } from './gateway-idle.ts';
import { FIRST_DRAW, LAYOUT, PAN, TIMELINE } from './map.ts';
import type { Bench } from './measure.ts';
import { FILE } from './file.ts';
import { FILE_PAGE } from './file-page.ts';
import { FILTER_CHANGE } from './filter-change.ts';
import { HOLD } from './memory.ts';
import { BUSY, FIRST_LOAD, INGEST, ROW_AGE } from './page.ts';
import { APPEND, RESCAN } from './query.ts';

export const BENCHES: readonly Bench[] = [
  DECODE,
  FILE,
  FILE_PAGE,
  DECODE_CHROMIUM,
  INGEST,
  RESCAN,
  APPEND,
  HOLD,
  PASSTHROUGH,
  REDACT,
  SLOW_VIEWER,
  IDLE_CPU,
  DEMO_LOAD,
  BUSY,
  ROW_AGE,
  FILTER_CHANGE,
  FIRST_LOAD,
  FIRST_DRAW,
  PAN,
  LAYOUT,
  TIMELINE,
];
