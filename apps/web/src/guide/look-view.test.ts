import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW } from '../view-state/index.ts';
import { lookPatch } from './look-view.ts';

describe('lookPatch', () => {
  it('sets the view of the address and takes back what was set before', () => {
    const patch = lookPatch('?v=2&q=verdict:DROPPED&columns=time,policy&no-such=1');
    expect(patch).toMatchObject({ filter: 'verdict:DROPPED', columns: ['time', 'policy'] });
    expect(patch).toMatchObject({ flow: undefined, pausedAtNs: undefined, window: undefined, detail: false });
  });

  it('leaves times as the person reads them', () => {
    const before = { ...DEFAULT_VIEW, zone: 'local', time: 'relative' };
    expect({ ...before, ...lookPatch('?v=2&q=') }).toMatchObject({ zone: 'local', time: 'relative' });
  });
});
