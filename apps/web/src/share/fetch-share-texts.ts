// What makes links, commands and notes, fetched when the first of them is asked for.

import type * as shareTexts from './share-texts.ts';

/** Said when it could not be had. */
export const NOT_FETCHED = 'What makes this could not be fetched: the server is away. Try again later.';

/** undefined when it cannot be had just now. */
export function fetchShareTexts(): Promise<typeof shareTexts | undefined> {
  return import('./share-texts.ts').catch(() => undefined);
}
