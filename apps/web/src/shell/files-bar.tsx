// Under the filter bar while files are read, and afterwards when something about them has to be said.

import { FileText, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { FilesReport } from '../engine/protocol.ts';
import { useEngine } from '../panes/pane.ts';
import { Button, formatExact, IconButton } from '../widgets/index.ts';
import { brokenTexts, fileText, isUnopened, linesEquation, readShare } from './files-words.ts';
import { filesTitle } from './opened-files.ts';

export function FilesBar({ report }: { readonly report: FilesReport }) {
  return report.state === 'reading' ? <Reading report={report} /> : <Ended report={report} />;
}

function Reading({ report }: { readonly report: FilesReport }) {
  const engine = useEngine();
  const share = readShare(report);
  const title = filesTitle(report.files.map(({ name }) => name));
  return (
    <section
      aria-label="Reading files"
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-raised px-3 py-1.5 text-cell"
    >
      <FileText size={16} aria-hidden className="shrink-0 text-text2" />
      <p className="min-w-0 truncate">
        <strong className="font-semibold">Reading {title}</strong>{' '}
        <span className="text-text2">{formatExact(report.lines)} lines</span>
      </p>
      <progress
        aria-label={`Reading ${title}`}
        className="file-progress h-1 min-w-20 flex-1"
        {...(share === undefined ? {} : { value: share })}
        max={1}
      />
      <Button small onClick={() => engine.stopReading()}>
        Cancel
      </Button>
    </section>
  );
}

function Ended({ report }: { readonly report: FilesReport }) {
  const [dismissed, setDismissed] = useState<string | undefined>(undefined);
  const lines = endWords(report);
  const key = lines.join('\n');
  if (lines.length === 0 || dismissed === key) return null;
  const details = [
    ...report.files.filter(({ problem }) => problem !== undefined).map(fileText),
    ...brokenTexts(report),
    ...report.unknownFields.map(
      ({ path, lines: count }) =>
        `${path}: unknown to this version and left out of ${formatExact(count)} ${count === 1 ? 'line' : 'lines'}`,
    ),
  ];
  return (
    <section
      aria-label="Files"
      className="flex shrink-0 items-start gap-2.5 border-b border-line bg-raised px-3 py-1.5 text-cell"
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-audit" />
      <div className="min-w-0 flex-1">
        <p role="status">{lines.join(' ')}</p>
        {details.length > 0 && (
          <details>
            <summary className="w-fit cursor-pointer text-text2">Where and why</summary>
            <ul
              // What scrolls must be reachable by keyboard.
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              aria-label="Where and why"
              className="focus-inside max-h-40 overflow-auto font-mono text-mono break-words"
            >
              {details.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <IconButton label="Put away" small onClick={() => setDismissed(key)}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}

/** Nothing to say about files that were read to their ends and held nothing else than what is known. */
function endWords(report: FilesReport): readonly string[] {
  const { state, files, broken, unknownFields } = report;
  // What stands in the place of the panes says it.
  if (files.every(isUnopened)) return [];
  const unreadable = files.filter(({ problem }) => problem !== undefined);
  const words: string[] = [];
  if (state === 'stopped') words.push(`Stopped after ${linesEquation(report)}.`);
  if (unreadable.length === 1 && unreadable[0] !== undefined) {
    const [one] = unreadable;
    const what = isUnopened(one) ? 'could not be opened' : 'was not read to its end';
    words.push(`${one.name} ${what}. ${one.problem ?? ''}`);
  }
  if (unreadable.length > 1) words.push(`${unreadable.length} files were not read to their ends.`);
  if (broken > 0)
    words.push(
      `${formatExact(broken)} of ${formatExact(report.lines)} lines could not be read and ${broken === 1 ? 'is' : 'are'} left out.`,
    );
  if (unknownFields.length > 0)
    words.push(
      `${unknownFields.length === 1 ? 'A field is' : `${unknownFields.length} fields are`} unknown to this version and left out.`,
    );
  return words;
}
