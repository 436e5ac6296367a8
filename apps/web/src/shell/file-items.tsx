// The status strip while files are looked at: which, how far they have been read, and what their lines are.

import type { FilesReport } from '../engine/protocol.ts';
import { formatExact } from '../widgets/index.ts';
import { brokenTexts, fileText, isUnopened, linesEquation, readWord } from './files-words.ts';
import { filesTitle } from './opened-files.ts';
import { useSource } from './source-context.ts';
import { StatusItem } from './status-item.tsx';

const SHOWN = 8;

export function FileItems({ report }: { readonly report: FilesReport | undefined }) {
  const source = useSource();
  if (source.kind === 'missing') {
    return (
      <StatusItem explain="This view is of a file that this page does not have. Choose it, or drop it on the page.">
        File <b className="font-medium text-text">{filesTitle(source.names)}</b>{' '}
        <span className="text-error">not here</span>
      </StatusItem>
    );
  }
  if (report === undefined) return null;
  const broken = brokenTexts(report);
  const more = report.broken - Math.min(SHOWN, broken.length);
  return (
    <>
      <StatusItem
        explain={lines([
          'What is shown comes from files, not from the cluster.',
          ...report.files.map(fileText),
        ])}
      >
        <span aria-hidden className="size-2 rounded-full border border-ctl" />
        File <b className="font-medium text-text">{filesTitle(report.files.map(({ name }) => name))}</b>{' '}
        <span className={report.files.every(isUnopened) ? 'text-error' : ''}>{readWord(report)}</span>
      </StatusItem>
      <StatusItem explain={linesEquation(report)}>
        Lines <b className="font-medium text-text">{formatExact(report.lines)}</b>
      </StatusItem>
      {report.broken > 0 && (
        <StatusItem
          explain={lines([...broken.slice(0, SHOWN), ...(more > 0 ? [`and ${formatExact(more)} more`] : [])])}
        >
          <span className="text-error">Broken</span>{' '}
          <b className="font-medium text-text">{formatExact(report.broken)}</b>
        </StatusItem>
      )}
    </>
  );
}

function lines(texts: readonly string[]) {
  return (
    <>
      {texts.map((text) => (
        <span key={text} className="block break-words">
          {text}
        </span>
      ))}
    </>
  );
}
