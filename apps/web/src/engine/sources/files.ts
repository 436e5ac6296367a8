// Files as a source. What reads them is fetched when the first file is opened: most visitors never open one.

import type { FilesReport, FilesSpec } from '../protocol.ts';
import type { SessionEnv } from '../session/env.ts';
import type { FilesReader } from './files/files-reader.ts';
import { NO_RECORDS } from './files/no-records.ts';
import type { Source, SourceSink } from './source.ts';

type FilesEnv = Pick<SessionEnv, 'fetch' | 'turn' | 'monotonicMs' | 'now' | 'failed'>;

const NOT_LOADED = 'The part of Finderscope that reads files could not be loaded. Reload the page.';

export class FilesSource implements Source {
  readonly #spec: FilesSpec;
  readonly #sink: SourceSink;
  readonly #env: FilesEnv;
  readonly #abort = new AbortController();
  #reader: FilesReader | undefined;
  #problem: string | undefined;

  constructor(spec: FilesSpec, sink: SourceSink, env: FilesEnv) {
    this.#spec = spec;
    this.#sink = sink;
    this.#env = env;
  }

  start(): void {
    this.#sink.connection({ state: 'connected', sinceMs: this.#env.now(), serverVersion: '' });
    this.#read().catch(this.#env.failed);
  }

  retry(): void {
    // There is nothing to connect to.
  }

  push(): void {
    // What was read is all there is, whatever the filter.
  }

  stop(): void {
    this.#abort.abort();
  }

  close(): void {
    this.#reader?.silence();
    this.#abort.abort();
  }

  report(): FilesReport {
    return this.#reader?.report() ?? unread(this.#spec, this.#problem, this.#abort.signal.aborted);
  }

  async #read(): Promise<void> {
    try {
      const { FilesReader } = await import('./files/files-reader.ts');
      if (this.#abort.signal.aborted) return;
      this.#reader = new FilesReader(this.#spec.files, this.#sink, this.#env, this.#abort.signal);
    } catch {
      this.#problem = NOT_LOADED;
      this.#sink.reported();
      return;
    }
    await this.#reader.read();
  }
}

function unread({ files }: FilesSpec, problem: string | undefined, isStopped: boolean): FilesReport {
  return {
    state: isStopped ? 'stopped' : problem === undefined ? 'reading' : 'done',
    files: files.map(({ name }) => ({ name, bytesRead: 0, bytes: undefined, lines: 0, broken: 0, problem })),
    ...NO_RECORDS,
    lines: 0,
    empty: 0,
    broken: 0,
    brokenLines: [],
    unknownFields: [],
  };
}
