// The page's entry: the real engine, and the page on it.

import './styles/index.css';
import { compileFilterText, fetchExpressionsWith } from '@finderscope/flow-query';
import { createEngine } from './engine/client.ts';
import { liveSource } from './engine/live-spec.ts';
import { readSettings } from './settings/index.ts';
import { viewSource } from './shell/opened-files.ts';
import { mountPage, pageBaseUrl } from './shell/mount.tsx';
import { currentView } from './view-state/index.ts';

const engine = createEngine();
/** By then the first flows are on screen. */
const PRELOAD_MS = 5000;
const loadExpressions = () => import('@finderscope/flow-query/expressions');

/** The server may be away just now: until it is back a filter with an expression waits. */
function fetchExpressions(): void {
  loadExpressions().catch(() => setTimeout(fetchExpressions, PRELOAD_MS));
}

fetchExpressionsWith(fetchExpressions);

const view = currentView();
const { filter } = view;
const { rowsKept } = readSettings();
const source = viewSource(view, pageBaseUrl(), rowsKept);
// Flows come in while the page is built; the page opens the same source again, which keeps what has come.
if (source.kind === 'live') engine.open(liveSource(pageBaseUrl(), rowsKept), filter);
else if (source.kind === 'files') engine.open(source.spec, filter);
// A filter in the link that cannot be read yet may hold a regular expression.
if (filter !== '' && !compileFilterText(filter).ok) await loadExpressions();
mountPage(engine, pageBaseUrl());
setTimeout(fetchExpressions, PRELOAD_MS);
