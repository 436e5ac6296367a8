// The place of the lab guide. Its code is fetched when a demo cluster plays a lab and the guide is not put away.

import { Suspense } from 'react';
import { useScenario } from '../server/index.ts';
import { useSettings } from '../settings/index.ts';
import { fetchedPart } from '../widgets/index.ts';
import { usePageActions } from './page-actions.ts';
import { PaneBoundary } from './pane-boundary.tsx';

const LabGuide = fetchedPart(async () => (await import('../guide/index.tsx')).LabGuide);

export function GuideStrip() {
  const { guide } = useSettings();
  const { say } = usePageActions();
  const hasStages = (useScenario()?.stages.length ?? 0) > 0;
  if (guide === 'closed' || !hasStages) return null;
  return (
    <PaneBoundary title="The lab guide">
      <Suspense>
        <LabGuide say={say} />
      </Suspense>
    </PaneBoundary>
  );
}
