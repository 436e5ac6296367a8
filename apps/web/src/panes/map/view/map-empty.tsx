// When there is nothing to draw: what is so, why, and what to do.

import { navigate } from '../../../view-state/index.ts';
import { Button } from '../../../widgets/index.ts';

export function MapEmpty({ filter, still }: { readonly filter: string; readonly still: boolean }) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 p-6 text-center">
      <p className="max-w-110 text-cell text-text2">
        {filter === '' ? (
          <>
            <span className="font-semibold text-text">
              {still ? 'No traffic in this time.' : 'No traffic in the last 60 s.'}
            </span>{' '}
            The map shows who talks to whom as soon as flows arrive.
          </>
        ) : (
          <>
            <span className="font-semibold text-text">No link matches this filter.</span>{' '}
            {still
              ? 'Nothing in this time does.'
              : 'Nothing in the last 60 s does. Links come as matching flows arrive.'}
          </>
        )}
      </p>
      {filter !== '' && <Button onClick={() => navigate({ filter: '' })}>Remove all filters</Button>}
    </div>
  );
}
