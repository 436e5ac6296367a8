// Before the first drawing, or when there will be none: what is being done, or what failed and where the same is to be seen.

import { navigate } from '../../../view-state/index.ts';
import { Button } from '../../../widgets/index.ts';
import { plural } from '../draw/words.ts';

/** `nodes` undefined: not counted yet. */
export function MapWaiting({
  nodes,
  noun,
  failure,
}: {
  readonly nodes: number | undefined;
  readonly noun: string;
  readonly failure: string | undefined;
}) {
  if (failure === undefined) {
    return (
      <p role="status" className="absolute top-3 left-3.5 text-cell text-text3">
        {nodes === undefined ? 'Reading who talks to whom…' : `Arranging ${plural(nodes, noun)}…`}
      </p>
    );
  }
  return (
    <div role="alert" className="absolute top-3 left-3.5 flex max-w-140 flex-col items-start gap-2 text-cell">
      <p className="text-text2">
        <span className="font-semibold text-error">The map could not be arranged.</span> {failure} The table
        shows the same links.
      </p>
      <Button onClick={() => navigate({ mapTable: true })}>Show as table</Button>
    </div>
  );
}
