// Exports: the rows of a query as they are at one moment, handed to the page piece by piece. The page asks for each
// piece, so that nothing piles up on the way and a page that has gone away stops it.

import { arrange, newArrangementCache } from '../answers/arrange.ts';
import { toRowId } from '../answers/row-id.ts';
import { rowOf } from '../answers/row-text.ts';
import type { ExportPiece, ExportQuery, FlowRow } from '../protocol.ts';
import type { SessionEnv } from './env.ts';
import type { World } from './world.ts';
import type { WrittenLine } from './write-line.ts';

/** Work for one piece; other questions wait as long. */
const PIECE_MS = 8;
/** What writes lines could not be had. */
const RETRY_CODE_MS = 5000;
const MAX_ROWS = 1000;
const MAX_LINES_LENGTH = 1 << 20;
/** From this length on, in bytes, `hubble observe --input-file` does not read a line. */
const LONGEST_LINE = 64 * 1024;

type Open = {
  readonly query: ExportQuery;
  readonly world: World;
  readonly ids: Float64Array;
  readonly counts: Uint32Array;
  done: number;
  gone: number;
  long: number;
  trimmed: number;
  unknown: number;
};

type WriteLine = (message: Uint8Array) => WrittenLine;

export class Exports {
  readonly #env: Pick<SessionEnv, 'post' | 'monotonicMs' | 'after'>;
  readonly #world: () => World;
  readonly #whenReady: (filter: string, run: () => void) => void;
  readonly #open = new Map<number, Open>();

  /** `whenReady` calls back once, when the rows that a filter matches are known. */
  constructor(
    env: Pick<SessionEnv, 'post' | 'monotonicMs' | 'after'>,
    world: () => World,
    whenReady: (filter: string, run: () => void) => void,
  ) {
    this.#env = env;
    this.#world = world;
    this.#whenReady = whenReady;
  }

  open(id: number, query: ExportQuery): void {
    this.#whenReady(query.filter, () => {
      this.#open.set(id, snapshot(this.#world(), query));
      this.next(id);
    });
  }

  next(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    if (open.query.what === 'rows') this.#post(id, open, '', this.#takeRows(open));
    else void this.#postLines(id, open);
  }

  end(id: number): void {
    this.#open.delete(id);
  }

  async #postLines(id: number, open: Open): Promise<void> {
    const code = await import('./write-line.ts').catch(() => undefined);
    if (this.#open.get(id) !== open) return;
    // The server is away just now.
    if (code === undefined) this.#env.after(RETRY_CODE_MS, () => this.next(id));
    else this.#post(id, open, this.#takeLines(open, code.writeLine), []);
  }

  #post(id: number, open: Open, lines: string, rows: readonly FlowRow[]): void {
    const { done, gone, long, trimmed, unknown } = open;
    const piece: ExportPiece = { lines, rows, total: open.ids.length, done, gone, long, trimmed, unknown };
    if (done === open.ids.length) this.#open.delete(id);
    this.#env.post({ type: 'exported', id, piece });
  }

  #takeRows(open: Open): readonly FlowRow[] {
    const { store } = open.world;
    const rows: FlowRow[] = [];
    const until = Math.min(open.ids.length, open.done + MAX_ROWS);
    for (; open.done < until; open.done++) {
      const id = toRowId(open.ids[open.done] ?? 0);
      if (store.table.holds(id)) rows.push(rowOf(store, id, open.counts[open.done] ?? 1));
      else open.gone++;
    }
    return rows;
  }

  #takeLines(open: Open, writeLine: WriteLine): string {
    const { store } = open.world;
    const startMs = this.#env.monotonicMs();
    let lines = '';
    while (open.done < open.ids.length && lines.length < MAX_LINES_LENGTH) {
      const id = open.ids[open.done] ?? 0;
      const message = store.table.holds(id) ? store.raw(id & store.table.mask) : undefined;
      open.done++;
      if (message === undefined) {
        open.gone++;
        continue;
      }
      const { line, isTrimmed, lacksUnknown } = writeLine(message);
      lines += `${line}\n`;
      if (isTrimmed) open.trimmed++;
      if (lacksUnknown) open.unknown++;
      if (line.length >= LONGEST_LINE && new TextEncoder().encode(line).length >= LONGEST_LINE) open.long++;
      if (open.done % 16 === 0 && this.#env.monotonicMs() - startMs > PIECE_MS) break;
    }
    return lines;
  }
}

/** The rows as they are now. JSON lines are those of flows: a group is all of its flows. */
function snapshot(world: World, query: ExportQuery): Open {
  const { store } = world;
  const list = world.lists.get(query.filter);
  const arrangement = arrange(
    store,
    list,
    { ...query, kind: 'rows', group: query.group && query.what === 'rows', at: { from: 0, count: 0 } },
    newArrangementCache(),
    world.nowMs,
    true,
  );
  const ids = new Float64Array(arrangement.total);
  const counts = new Uint32Array(arrangement.total);
  for (let place = 0; place < arrangement.total; place++) {
    ids[place] = store.table.widen(arrangement.at(place));
    counts[place] = arrangement.countAt(place);
  }
  return { query, world, ids, counts, done: 0, gone: 0, long: 0, trimmed: 0, unknown: 0 };
}
