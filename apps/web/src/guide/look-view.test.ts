import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW } from '../view-state/index.ts';
import { leavePatch, lookPatch } from './look-view.ts';

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

describe('leavePatch', () => {
  const drops = { search: '?v=2&q=verdict:DROPPED' };
  const http = { search: '?v=2&q=protocol:http&panes=flows,l7' };

  it('takes back a view that only the stage before offered, with its panes', () => {
    const view = { ...DEFAULT_VIEW, ...lookPatch(http.search) };
    expect({ ...view, ...leavePatch('protocol:http', [drops, http], [drops]) }).toMatchObject({
      filter: '',
      panes: DEFAULT_VIEW.panes,
    });
  });

  it('leaves a view of both stages, and what the person has typed', () => {
    expect(leavePatch('verdict:DROPPED', [drops, http], [drops])).toEqual({});
    expect(leavePatch('port:53', [drops, http], [drops])).toEqual({});
    expect(leavePatch('', [drops], [])).toEqual({});
  });
});
