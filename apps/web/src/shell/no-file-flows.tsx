// In the place of the panes when files give them nothing to show, or are not there.

import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilesReport } from '../engine/protocol.ts';
import { Button } from '../widgets/index.ts';
import { brokenTexts, fileText, isUnopened, linesEquation } from './files-words.ts';
import { goLive } from './opened-files.ts';
import { pickFiles } from './pick-files.ts';

/** The address names files of a disk, and the page was reloaded or the link came from another machine. */
export function MissingFiles({ names }: { readonly names: readonly string[] }) {
  const [first = '', ...others] = names;
  return (
    <Place title={others.length === 0 ? `This view is of the file ${first}` : 'This view is of files'}>
      {others.length > 0 && <Names names={names} />}
      <p>
        A page cannot open files of a disk again by itself, and a link does not carry them. Choose{' '}
        {others.length === 0 ? 'it' : 'them'} once more, or drop {others.length === 0 ? 'it' : 'them'} here:
        filter, columns and order of this view are kept.
      </p>
    </Place>
  );
}

/** Nothing that a table could show. */
export function NoFileFlows({ report }: { readonly report: FilesReport }) {
  const { files } = report;
  if (files.every(isUnopened)) {
    const [first] = files;
    const isOne = files.length === 1;
    return (
      <Place
        title={
          isOne ? `The file ${first?.name ?? ''} could not be opened` : 'None of the files could be opened'
        }
      >
        {isOne ? <p>{first?.problem}</p> : <Names names={files.map(fileText)} />}
        <p>
          Whoever sent the link may have {isOne ? 'it' : 'them'}. Choose {isOne ? 'it' : 'them'} from a disk,
          or drop {isOne ? 'it' : 'them'} here.
        </p>
      </Place>
    );
  }
  return (
    <Place title="No flow in what was opened">
      <p>{linesEquation(report)}.</p>
      <Names names={[...report.files.map(fileText), ...brokenTexts(report).slice(0, 5)]} />
      <p>
        Finderscope reads JSON lines, as hubble observe -o jsonpb and Hubble&apos;s exporter write them, plain
        or gzip.
      </p>
    </Place>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <ul className="my-2 font-mono text-mono break-words">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

function Place({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label="No flows" className="min-h-0 flex-1 overflow-auto p-6 max-tablet:p-4">
      <div className="max-w-140 text-cell text-text2">
        <h2 className="mb-2 flex items-center gap-2 text-why font-semibold text-text">
          <FileText size={18} aria-hidden className="shrink-0" />
          <span className="min-w-0 break-words">{title}</span>
        </h2>
        {children}
        <div className="mt-4 flex flex-wrap gap-2">
          <Button kind="main" onClick={pickFiles}>
            Choose files
          </Button>
          <Button onClick={goLive}>Back to live</Button>
        </div>
      </div>
    </section>
  );
}
