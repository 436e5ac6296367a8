// What the page fetches before its first row can be drawn: the entry, the engine's worker, and all that these import at
// once. Nobody notices a library that comes along with a name: a build server fails where that has grown over its bound,
// anybody else is told. docs/performance.md says what it is made of.

import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** A chunk as the bundler hands it over. */
export type BuiltChunk = {
  readonly fileName: string;
  /** Names of the chunks that have to be there before this one runs. */
  readonly imports: readonly string[];
  readonly code: string;
};

/** `roots` are names of modules, by the ends of their paths. `maxKb` is gzip, in thousands of bytes. */
export function boundFirstLoad(roots: readonly string[], maxKb: number): Plugin {
  return {
    name: 'finderscope:first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const entries = roots.map((root) => {
        const entry = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(root) === true);
        return entry?.fileName ?? this.error(`no chunk starts at ${root}`);
      });
      const needed = neededChunks(chunks, entries);
      const sizes = needed.map(({ fileName, code }) => ({ fileName, kb: gzipSync(code).length / 1000 }));
      const sumKb = sizes.reduce((sum, { kb }) => sum + kb, 0);
      if (sumKb <= maxKb) return;
      const list = sizes
        .toSorted((a, b) => b.kb - a.kb)
        .map(({ fileName, kb }) => `${kb.toFixed(1)} ${fileName}`);
      const message = `${sumKb.toFixed(1)} kB of scripts (gzip) before the first row, ${maxKb} are allowed:\n${list.join('\n')}`;
      if (process.env['CI'] === undefined) this.warn(message);
      else this.error(message);
    },
  };
}

/** The chunks of `entries` and all that they import at once, each a single time. */
export function neededChunks(
  chunks: readonly BuiltChunk[],
  entries: readonly string[],
): readonly BuiltChunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const names = new Set(entries);
  // A set goes on to what is added while it is walked.
  for (const name of names) for (const imported of byName.get(name)?.imports ?? []) names.add(imported);
  return [...names].flatMap((name) => byName.get(name) ?? []);
}
