// Where the flows come from. A demo cluster offers its stages; a real one tells what it is.

import { ChevronDown, FolderOpen, Radio, Server } from 'lucide-react';
import { useScenario, useServerConfig, useServerStatus, useSetStage } from '../server/index.ts';
import {
  Button,
  formatExact,
  formatSpan,
  Menu,
  type MenuItem,
  Popover,
  type PopoverTrigger,
} from '../widgets/index.ts';
import { fileText, linesEquation } from './files-words.ts';
import { filesTitle, goLive } from './opened-files.ts';
import { usePageActions } from './page-actions.ts';
import { usePageStatus } from './page-status.ts';
import { pickFiles } from './pick-files.ts';
import { useSource } from './source-context.ts';
import { statusFailure } from './status-failure.ts';

const NS_PER_MS = 1_000_000n;

/** Address of the source as people know it. */
export function useSourceName(): string {
  const { server } = useServerConfig();
  return server ?? window.location.host;
}

export function SourceMenu() {
  const scenario = useScenario();
  const source = useSource();
  if (source.kind !== 'live') return <FileMenu />;
  return scenario === undefined ? <ServerFacts /> : <StageMenu />;
}

function SourceButton({
  trigger,
  name,
  note,
}: {
  readonly trigger: PopoverTrigger;
  readonly name: string;
  readonly note: string;
}) {
  return (
    <Button {...trigger} className="min-w-24 shrink max-tablet:px-2">
      <Server size={14} aria-hidden className="shrink-0 text-text2" />
      <span className="unseen">Source:</span> <span className="truncate">{name}</span>{' '}
      <span className="truncate font-normal text-text3 max-wide:hidden">{note}</span>
      <ChevronDown size={14} aria-hidden className="shrink-0 text-text3" />
    </Button>
  );
}

const OPEN_FILE: MenuItem = {
  id: 'open-file',
  label: 'Open a file…',
  note: 'JSON lines of hubble observe or Hubble\u2019s exporter, plain or gzip. They stay on this machine.',
  icon: <FolderOpen size={14} aria-hidden />,
  shortcut: 'o',
  onSelect: pickFiles,
};

function FileMenu() {
  const source = useSource();
  const report = usePageStatus()?.files;
  if (source.kind === 'live') return null;
  const names = source.kind === 'files' ? source.spec.files.map(({ name }) => name) : source.names;
  const live: MenuItem = {
    id: 'live',
    label: 'Back to live',
    icon: <Radio size={14} aria-hidden />,
    onSelect: goLive,
  };
  return (
    <Menu
      label="File"
      className="w-80 max-w-[calc(100vw-16px)]"
      items={[OPEN_FILE, live]}
      footer={
        source.kind === 'files' && report !== undefined ? (
          <>
            {report.files.map((file) => (
              <span key={file.name} className="block break-words">
                {fileText(file)}
              </span>
            ))}
            <span className="block">{linesEquation(report)}</span>
          </>
        ) : (
          'The file is not open.'
        )
      }
      renderTrigger={(trigger) => <SourceButton trigger={trigger} name={filesTitle(names)} note="file" />}
    />
  );
}

function StageMenu() {
  const scenario = useScenario();
  const setStage = useSetStage();
  const { say } = usePageActions();
  if (scenario === undefined) return null;
  const hold = (stageId: string, done: string): void => {
    setStage.mutate(stageId, {
      onSuccess: () => say(done),
      onError: (error) => say(`The demo cluster did not change its stage: ${error.message}`),
    });
  };
  const current = scenario.stages.find((stage) => stage.id === scenario.currentStageId);
  const stages: readonly MenuItem[] = scenario.stages.map((stage) => ({
    id: stage.id,
    label: `${stage.id}  ${stage.title}`,
    note: stage.description,
    checked: !scenario.cycling && stage.id === scenario.currentStageId,
    onSelect: () => hold(stage.id, `Stage ${stage.id} holds.`),
  }));
  const cycle: MenuItem = {
    id: 'cycle',
    label: 'One after another',
    note:
      current === undefined
        ? 'The stages follow by themselves.'
        : `The stages follow by themselves. Now: ${current.id}.`,
    checked: scenario.cycling,
    onSelect: () => hold('', 'The stages follow one another.'),
  };
  return (
    <Menu
      label="Stage of the demo cluster"
      choose="one"
      className="w-95 max-w-[calc(100vw-16px)]"
      items={[cycle, ...stages, OPEN_FILE]}
      footer={`${scenario.title}. Simulated nodes; the verdicts come from evaluating the policies of the stage.`}
      renderTrigger={(trigger) => (
        <SourceButton
          trigger={trigger}
          name="Demo cluster"
          note={`${scenario.name} ${scenario.currentStageId}`.trim()}
        />
      )}
    />
  );
}

function ServerFacts() {
  const config = useServerConfig();
  const status = useServerStatus();
  const name = useSourceName();
  const security = config.tls === undefined ? '' : config.tls ? 'TLS' : 'no TLS';
  const data = status.data;
  const facts: readonly (readonly [string, string])[] = [
    ['Address', name],
    ['Transport', security],
    ['Version', data?.version ?? ''],
    [
      'Up for',
      data === undefined || data.uptimeNs === 0n ? '' : formatSpan(Number(data.uptimeNs / NS_PER_MS)),
    ],
    [
      'Ring buffers',
      data === undefined
        ? ''
        : `${formatExact(Number(data.numFlows))} of ${formatExact(Number(data.maxFlows))} flows`,
    ],
    ['Seen since start', data === undefined ? '' : `${formatExact(Number(data.seenFlows))} flows`],
    ['Gateway', config.version ?? ''],
  ];
  return (
    <Popover
      label="Source"
      className="w-80 p-3"
      renderTrigger={(trigger) => (
        <SourceButton trigger={trigger} name={config.name ?? name} note={security} />
      )}
    >
      {(close) => (
        <>
          <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-cell">
            {facts
              .filter(([, value]) => value !== '')
              .map(([fact, value]) => (
                <div key={fact} className="contents">
                  <dt className="text-text3">{fact}</dt>
                  <dd className="min-w-0 break-words">{value}</dd>
                </div>
              ))}
          </dl>
          <Button
            className="mt-3"
            onClick={() => {
              close();
              pickFiles();
            }}
          >
            <FolderOpen size={14} aria-hidden /> Open a file…
          </Button>
          {status.error !== null && (
            <p className="mt-2 text-note text-text2">{statusFailure(status.error)}</p>
          )}
        </>
      )}
    </Popover>
  );
}
