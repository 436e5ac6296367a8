// The strip of the lab guide:
//
//   Star Wars demo  Stage ( Cycle | A0 | A1 | A2 )  Policy   Look at [Only drops] [What xwing sends] ...      x
//   A1 Empire ships only. deathstar accepts port 80 from ...
//
// A stage that is chosen holds, and the page shows what came since it began; a view of the stage before, unless it has it
// too, makes room. A view holds its stage: it would be of little use if the next one took its place.

import type { demo } from '@finderscope/hubble-api';
import { Copy, ScrollText, X } from 'lucide-react';
import { changeSettings } from '../settings/index.ts';
import { useScenario, useSetStage } from '../server/index.ts';
import { navigate, useView, type ViewPatch } from '../view-state/index.ts';
import { Button, copyText, IconButton, Popover, Segmented, type Segment } from '../widgets/index.ts';
import { leavePatch, lookPatch } from './look-view.ts';
import { stageWindow } from './stage-window.ts';

/** Value of the segment that lets the stages follow one another. */
const CYCLE = '';

/** A stage that begins is watched: a pause and an open flow are of what was before. */
const LIVE: ViewPatch = { pausedAtNs: undefined, flow: undefined, detail: false };

type Say = (message: string) => void;

/** What the buttons of the strip do. */
function useSteps(scenario: demo.Scenario | undefined, say: Say) {
  const setStage = useSetStage();
  const { filter } = useView();
  const looksOf = (stageId: string | undefined): demo.Stage['looks'] =>
    scenario?.stages.find(({ id }) => id === stageId)?.looks ?? [];
  const choose = (stageId: string): void => {
    const next = looksOf(stageId === CYCLE ? scenario?.currentStageId : stageId);
    hold(stageId, { ...leavePatch(filter, looksOf(scenario?.currentStageId), next), ...LIVE });
  };
  const hold = (stageId: string, patch: ViewPatch): void => {
    setStage.mutate(stageId, {
      onSuccess: (response) => {
        const since = stageId === CYCLE ? undefined : response.scenario?.currentStageSince;
        navigate({ ...patch, window: stageWindow(since) }, { opens: true });
        say(stageId === CYCLE ? 'The stages follow one another.' : `Stage ${stageId} holds.`);
      },
      onError: (error) => say(`The demo cluster did not change its stage: ${error.message}`),
    });
  };
  const showLook = (search: string): void => {
    const patch = lookPatch(search);
    if (scenario?.cycling === true) hold(scenario.currentStageId, patch);
    else navigate({ ...patch, window: stageWindow(scenario?.currentStageSince) }, { opens: true });
  };
  return { choose, showLook };
}

/** Nothing unless the source is a demo cluster with stages. `say` tells what happened. */
export function LabGuide({ say }: { readonly say: Say }) {
  const scenario = useScenario();
  const { choose, showLook } = useSteps(scenario, say);
  const stage = scenario?.stages.find(({ id }) => id === scenario.currentStageId);
  if (scenario === undefined || stage === undefined) return null;
  const segments: readonly Segment<string>[] = [
    { value: CYCLE, label: 'Cycle', name: 'Cycle: one stage after another' },
    ...scenario.stages.map(({ id, title }) => ({ value: id, label: id, name: `${id}: ${title}` })),
  ];
  const putAway = (): void => {
    changeSettings({ guide: 'closed' });
    say('The lab guide is put away. The command palette brings it back.');
  };
  return (
    <section
      aria-label="Lab guide"
      className="flex max-h-40 shrink-0 flex-col gap-1 overflow-auto border-b border-line bg-raised px-3 py-2 text-cell"
    >
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-medium">{scenario.title}</h2>
          <div className="flex items-center gap-1.5">
            <span className="text-text3" aria-hidden>
              Stage
            </span>
            <Segmented
              small
              label="Stage"
              value={scenario.cycling ? CYCLE : stage.id}
              segments={segments}
              onChange={choose}
            />
          </div>
          <PolicyText id={stage.id} yaml={stage.policyYaml} say={say} />
          {stage.looks.length > 0 && (
            <div role="group" aria-label="Look at" className="flex flex-wrap items-center gap-1.5">
              <span className="text-text3" aria-hidden>
                Look at
              </span>
              {stage.looks.map(({ title, search }) => (
                <Button key={title} small onClick={() => showLook(search)}>
                  {title}
                </Button>
              ))}
            </div>
          )}
        </div>
        <IconButton label="Put the lab guide away" small onClick={putAway}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <p>
        <span className="font-medium">
          {stage.id} {stage.title}.
        </span>{' '}
        <span className="text-text2">{stage.description}</span>
        {scenario.cycling && (
          <span className="text-text3">
            {' '}
            The stages follow one another, and the page shows all of them; choose one to hold it and to see it
            alone.
          </span>
        )}
      </p>
    </section>
  );
}

function PolicyText({ id, yaml, say }: { readonly id: string; readonly yaml: string; readonly say: Say }) {
  const copy = async (): Promise<void> => {
    say((await copyText(yaml)) ? 'Policy copied.' : 'The browser does not let the page copy.');
  };
  return (
    <Popover
      label={`Policy of stage ${id}`}
      className="w-130 max-w-[calc(100vw-16px)] p-3"
      renderTrigger={(trigger) => (
        <Button small {...trigger}>
          <ScrollText size={14} aria-hidden /> Policy
        </Button>
      )}
    >
      {() =>
        yaml === '' ? (
          <p className="text-text2">There is no policy in this stage.</p>
        ) : (
          <>
            <Button small onClick={() => void copy()}>
              <Copy size={14} aria-hidden /> Copy YAML
            </Button>
            <pre className="mt-2 font-mono text-note whitespace-pre-wrap">{yaml}</pre>
          </>
        )
      }
    </Popover>
  );
}
