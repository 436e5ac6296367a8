// What the controls of the shell can do beside navigating; provided once by the page.

import { defined } from '@finderscope/base';
import { createContext, use } from 'react';
import type { CommandHandlers } from './commands.ts';

export type PageActions = {
  readonly handlers: CommandHandlers;
  /** Says something in one line, on screen and to screen readers: "Link copied." */
  readonly say: (message: string) => void;
  /** What was said last, until it fades. */
  readonly said: string;
};

export const PageActionsContext = createContext<PageActions | undefined>(undefined);

export function usePageActions(): PageActions {
  return defined(use(PageActionsContext), 'PageActionsContext');
}
