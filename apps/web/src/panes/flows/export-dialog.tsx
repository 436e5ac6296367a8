// Export of what the table shows: all rows that match, in its order, as they are when it begins.

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExportPiece, ExportQuery } from '../../engine/protocol.ts';
import { Button, Dialog, formatExact } from '../../widgets/index.ts';
import { useEngine } from '../pane.ts';
import type { ColumnDef } from './columns.ts';
import { csvHead, csvRows } from './csv.ts';
import { saveFile } from './save-file.ts';

export type ExportDialogProps = {
  readonly rows: Omit<ExportQuery, 'what'>;
  /** Of the CSV, in order. */
  readonly columns: readonly ColumnDef[];
  readonly onClose: () => void;
};

type Format = 'json' | 'csv';
type State =
  | { readonly step: 'asking' }
  | { readonly step: 'running' | 'done'; readonly format: Format; readonly piece: ExportPiece | undefined }
  | { readonly step: 'failed'; readonly reason: string };

const NAMES = { json: 'flows.jsonl', csv: 'flows.csv' } as const;
const TYPES = { json: 'application/jsonl', csv: 'text/csv;charset=utf-8' } as const;

export function ExportDialog({ rows, columns, onClose }: ExportDialogProps) {
  const engine = useEngine();
  const [state, setState] = useState<State>({ step: 'asking' });
  const isWanted = useRef(true);
  useEffect(() => {
    isWanted.current = true;
    return () => {
      isWanted.current = false;
    };
  }, []);

  async function run(format: Format): Promise<void> {
    const parts: Blob[] = format === 'csv' ? [new Blob([csvHead(columns, rows.group)])] : [];
    let last: ExportPiece | undefined;
    setState({ step: 'running', format, piece: undefined });
    try {
      await engine.export({ ...rows, what: format === 'csv' ? 'rows' : 'lines' }, (piece) => {
        // As blobs, since the browser need not keep those in memory.
        parts.push(new Blob([format === 'csv' ? csvRows(columns, rows.group, piece.rows) : piece.lines]));
        last = piece;
        if (isWanted.current) setState({ step: 'running', format, piece });
        return isWanted.current;
      });
    } catch (error) {
      setState({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (!isWanted.current) return;
    saveFile(NAMES[format], TYPES[format], parts);
    setState({ step: 'done', format, piece: last });
  }

  return (
    <Dialog title="Export" onClose={onClose} className="w-110">
      {state.step === 'asking' && (
        <>
          <p className="text-text2">
            All rows that match the filter and the time window, in the order of the table.
          </p>
          <div className="mt-3 grid grid-cols-[max-content_1fr] items-center gap-x-3 gap-y-2">
            <Button onClick={() => void run('json')}>
              <Download size={14} aria-hidden /> JSON lines
            </Button>
            <span className="text-note text-text2">
              Whole flows, for hubble observe --input-file and for this page
              {rows.group ? '; groups as the flows they are' : ''}.
            </span>
            <Button onClick={() => void run('csv')}>
              <Download size={14} aria-hidden /> CSV
            </Button>
            <span className="text-note text-text2">
              The columns shown{rows.group ? ', one line for each group' : ''}.
            </span>
          </div>
        </>
      )}
      {state.step === 'running' && (
        <div className="flex items-center gap-3">
          <progress
            aria-label="Exporting"
            className="file-progress h-1 min-w-20 flex-1"
            value={state.piece?.done ?? 0}
            max={Math.max(1, state.piece?.total ?? 1)}
          />
          <span className="text-text2">{formatExact(state.piece?.done ?? 0)} rows</span>
          <Button small onClick={onClose}>
            Cancel
          </Button>
        </div>
      )}
      {state.step === 'done' && (
        <>
          <ul role="status" className="text-text2">
            {resultWords(state.format, state.piece).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <div className="mt-3">
            <Button onClick={onClose}>Close</Button>
          </div>
        </>
      )}
      {state.step === 'failed' && <p role="alert">The export failed: {state.reason}</p>}
    </Dialog>
  );
}

function resultWords(format: Format, piece: ExportPiece | undefined): readonly string[] {
  if (piece === undefined) return ['There is nothing to export.'];
  const { done, gone, long, trimmed, unknown } = piece;
  const words = [`${formatExact(done - gone)} ${done - gone === 1 ? 'row' : 'rows'} in ${NAMES[format]}.`];
  if (gone > 0)
    words.push(
      format === 'json'
        ? `${formatExact(gone)} left out: the bytes of these flows are no longer held.`
        : `${formatExact(gone)} left out: they have made room for newer flows meanwhile.`,
    );
  if (long > 0)
    words.push(
      `${formatExact(long)} ${long === 1 ? 'line is' : 'lines are'} longer than hubble observe reads (64 KiB).`,
    );
  if (trimmed > 0)
    words.push(
      `${formatExact(trimmed)} without the extensions of the flow, which other programs could not read.`,
    );
  if (unknown > 0)
    words.push(`${formatExact(unknown)} without fields that are not known here: JSON cannot carry them.`);
  return words;
}
