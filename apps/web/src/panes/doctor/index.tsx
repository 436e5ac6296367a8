import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { GrpcError, grpcCodeName } from '@finderscope/grpc-wire';
import { useState } from 'react';
import type { StatusAnswer } from '../../engine/protocol.ts';
import { useServerStatus } from '../../server/index.ts';
import { Button, copyText } from '../../widgets/index.ts';
import { useEngine } from '../pane.ts';
import { diagnose, type DoctorFacts, type DoctorStep } from './diagnose.ts';

/** Stands in place of the panes while no flow is held. `status` undefined: the engine has not answered yet. */
export function Doctor({
  status,
  source,
}: {
  readonly status: StatusAnswer | undefined;
  readonly source: string;
}) {
  const engine = useEngine();
  const server = useServerStatus();
  const facts: DoctorFacts = {
    source,
    origin: window.location.origin,
    connection: status?.connection,
    stats: status?.stats,
    server: server.data && {
      numFlows: Number(server.data.numFlows),
      flowsPerS: server.data.flowsRate,
      connectedNodes: server.data.numConnectedNodes,
      unavailableNodes: server.data.unavailableNodes,
    },
    serverError: server.error === null ? undefined : errorFacts(server.error),
  };
  const { title, steps } = diagnose(facts);
  return (
    <section aria-label="Doctor" className="min-h-0 flex-1 overflow-auto p-6 max-tablet:p-4">
      <div className="max-w-140">
        <h2 className="text-why font-semibold">{title}</h2>
        <ol className="mt-4 flex flex-col gap-3">
          {steps.map((step) => (
            <Step key={step.title} step={step} />
          ))}
        </ol>
        <div className="mt-5 flex flex-wrap items-center gap-2">
          <Button
            kind="main"
            onClick={() => {
              engine.retry();
              void server.refetch();
            }}
          >
            Check again
          </Button>
          <CopyReport
            text={[title, ...steps.map((step) => `${step.state}: ${step.title}. ${step.text}`)].join('\n')}
          />
        </div>
      </div>
    </section>
  );
}

function errorFacts(error: Error): { readonly code: string; readonly message: string } {
  return { code: error instanceof GrpcError ? grpcCodeName(error.code) : error.name, message: error.message };
}

const STATE_WORD = { done: 'done', failed: 'failed', waiting: 'waiting' } as const;

function Step({ step }: { readonly step: DoctorStep }) {
  return (
    <li className="flex gap-2.5">
      <StepIcon state={step.state} />
      <div className="min-w-0">
        <h3 className={`text-body ${step.state === 'waiting' ? 'text-text3' : 'font-semibold'}`}>
          {step.title}
          <span className="unseen">: {STATE_WORD[step.state]}</span>
        </h3>
        {step.text !== '' && <p className="text-cell break-words text-text2">{step.text}</p>}
      </div>
    </li>
  );
}

function StepIcon({ state }: { readonly state: DoctorStep['state'] }) {
  switch (state) {
    case 'done':
      return <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-forwarded" />;
    case 'failed':
      return <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-error" />;
    case 'waiting':
      return <CircleDashed size={16} aria-hidden className="mt-0.5 shrink-0 text-text3" />;
  }
}

function CopyReport({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState('');
  return (
    <Button onClick={() => void copyText(text).then((done) => setCopied(done ? text : ''))}>
      {copied === text ? 'Report copied' : 'Copy report'}
    </Button>
  );
}
