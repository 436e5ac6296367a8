// Files that a person has opened from their disk. The address names them; what they hold is known to this page alone,
// until it is reloaded.

import { useSyncExternalStore } from 'react';
import type { FilesSpec, SourceFile } from '../engine/protocol.ts';
import { navigate, type ViewState } from '../view-state/index.ts';

type Opened = { readonly id: string; readonly files: readonly SourceFile[] };

const opened = new Map<string, Opened>();
let openings = 0;
const listeners = new Set<() => void>();

/** Where the flows of a view come from. `missing`: files of a disk that nobody has given to this page. */
export type ViewSource =
  | { readonly kind: 'live' }
  | { readonly kind: 'files'; readonly spec: FilesSpec; readonly isLocal: boolean }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

type FileFields = Pick<ViewState, 'file' | 'local'>;

/** Looks at files of a person's disk instead of what was looked at before. */
export function openFiles(files: readonly File[]): void {
  if (files.length === 0) return;
  const local = [...new Set(files.map(({ name }) => name))];
  openings++;
  opened.set(keyOf(local), {
    id: `local ${openings}`,
    files: files.map((file) => ({ name: file.name, from: file })),
  });
  navigate({ local, file: [], ...FROM_THE_BEGINNING });
  // Opened again under the same names, the address does not change: what is looked at does all the same.
  for (const listener of listeners) listener();
}

/** Grows whenever a person opens files. */
export function useOpenings(): number {
  return useSyncExternalStore(subscribe, () => openings);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Leaves the files for the live stream. */
export function goLive(): void {
  navigate({ local: [], file: [], ...FROM_THE_BEGINNING });
}

/** What was picked in one source is not in another one. */
const FROM_THE_BEGINNING = {
  pausedAtNs: undefined,
  window: undefined,
  flow: undefined,
  detail: false,
} as const;

/** `baseUrl` has no slash at its end; addresses are read from there. */
export function viewSource({ file, local }: FileFields, baseUrl: string, rowsKept: number): ViewSource {
  if (local.length > 0) {
    const known = opened.get(keyOf(local));
    if (known === undefined) return { kind: 'missing', names: local };
    return { kind: 'files', isLocal: true, spec: { kind: 'files', ...known, rowsKept } };
  }
  if (file.length === 0) return { kind: 'live' };
  const files = file.map((path) => ({ name: nameOf(path), from: new URL(path, `${baseUrl}/`).href }));
  return {
    kind: 'files',
    isLocal: false,
    spec: { kind: 'files', id: `address ${file.join(' ')}`, files, rowsKept },
  };
}

/** `events.log`, `events.log and 2 more` */
export function filesTitle(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length < 2 ? first : `${first} and ${names.length - 1} more`;
}

function keyOf(names: readonly string[]): string {
  return names.join('\n');
}

function nameOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
