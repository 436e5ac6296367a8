// What every spec imports: Playwright's test with the stack as a fixture, and with a page that must stay clean.
// A file that needs another cluster or gateway says so once, at its top, with `test.use` and `stackOptions`.

import { test as base } from '@playwright/test';
import { startStack, type Stack, type StackOptions } from './stack.ts';

type TestFixtures = { readonly cleanPage: void };
type WorkerFixtures = { readonly stackOptions: StackOptions; readonly stack: Stack };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{}, { scope: 'worker', option: true }],
  // One stack for all specs with the same options; a test that kills a part starts its own with startStack.
  stack: [
    async ({ stackOptions }, use) => {
      await using stack = await startStack(stackOptions);
      await use(stack);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  // Fails a test whose page threw, or broke its own content security policy, whatever else the test looked at.
  cleanPage: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      // One without frames, as of code that could not be fetched, has no stack.
      page.on('pageerror', (error) => complaints.push(`${error.message}\n${error.stack ?? ''}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) {
          complaints.push(message.text());
        }
      });
      await use();
      base.expect(complaints, 'errors of the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
