// Puts the page into the document. main.tsx gives it the real engine, development and tests another one.

import { QueryClientProvider } from '@tanstack/react-query';
import { defined } from '@finderscope/base';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Engine } from '../engine/protocol.ts';
import { BaseUrlContext, createQueryClient } from '../server/index.ts';
import { firstRowsDrawn, waitForFirstRows } from '../loading/first-rows.ts';
import { prefetchAll } from '../loading/prefetch.ts';
import { installPageApi } from './page-api.ts';
import { Page } from './page.tsx';
import { PaneBoundary } from './pane-boundary.tsx';

/** `baseUrl` has no slash at its end. */
export function mountPage(engine: Engine, baseUrl: string): void {
  installPageApi(engine);
  waitForFirstRows();
  void firstRowsDrawn().then(prefetchAll);
  const root = defined(document.getElementById('root'), 'the element #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <BaseUrlContext value={baseUrl}>
          <PaneBoundary title="Finderscope">
            <Page engine={engine} baseUrl={baseUrl} />
          </PaneBoundary>
        </BaseUrlContext>
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** Where the page lies, and so where its calls go: any sub-path, without a slash at its end. */
export function pageBaseUrl(): string {
  return new URL('.', window.location.href).href.replace(/\/$/, '');
}
