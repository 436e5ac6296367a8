// Stages that follow one another on the timeline, or hold still.

import type { Timeline } from '../timeline/timeline.ts';
import type { Stage, StageControl } from './scenario.ts';

export type StageCycle = {
  readonly stages: readonly [Stage, ...Stage[]];
  readonly stageNs: number;
  /** Index of the stage at the start, and how much of it is over. */
  readonly firstStage: number;
  readonly elapsedNs: number;
  /** Id of a stage to hold from the start. */
  readonly held: string | undefined;
  readonly timeline: Timeline;
  /** Told of every stage that begins, the first one included. */
  readonly begin: (stage: Stage) => void;
};

export function runStageCycle(cycle: StageCycle): StageControl {
  const { stages, stageNs, timeline } = cycle;
  const heldIndex = stages.findIndex((stage) => stage.id === cycle.held);
  let index = heldIndex < 0 ? cycle.firstStage % stages.length : heldIndex;
  let cycling = heldIndex < 0;
  // Each change of hold makes the step that was scheduled before it void.
  let era = 0;
  let sinceNs = timeline.nowNs;

  const current = (): Stage => stages[index] ?? stages[0];
  const begin = (): void => {
    sinceNs = timeline.nowNs;
    cycle.begin(current());
  };
  const scheduleNext = (afterNs: number): void => {
    const scheduledIn = era;
    timeline.after(afterNs, () => {
      if (era !== scheduledIn) return;
      index = (index + 1) % stages.length;
      begin();
      scheduleNext(stageNs);
    });
  };

  begin();
  if (cycling) scheduleNext(Math.max(0, stageNs - cycle.elapsedNs));
  return {
    current,
    cycling: () => cycling,
    sinceNs: () => sinceNs,
    hold: (stageId) => {
      const wanted = stages.findIndex((stage) => stage.id === stageId);
      if (stageId !== undefined && wanted < 0) return false;
      era++;
      cycling = stageId === undefined;
      if (cycling) {
        scheduleNext(stageNs);
      } else if (wanted !== index) {
        index = wanted;
        begin();
      }
      return true;
    },
  };
}
