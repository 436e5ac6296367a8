import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, type ViewState } from '../view-state/index.ts';
import { changesText, contentText } from './changes.ts';

const DROPS: ViewState = { ...DEFAULT_VIEW, filter: 'verdict:DROPPED', group: true };

describe('changesText', () => {
  const filtered = (filter: string): ViewState => ({ ...DROPS, filter });
  it.each([
    [DROPS, ''],
    [{ ...DROPS, flow: 'abc', pausedAtNs: 9n }, ''],
    [filtered('verdict:DROPPED port:80'), '1 filter added'],
    [filtered(''), '1 filter removed'],
    [filtered('port:80'), 'filters changed'],
    [filtered(' verdict:DROPPED '), ''],
    [
      { ...DROPS, group: false, sizes: { flows: 3 }, full: 'flows' as const },
      'sizes of the panes, pane that fills all, grouping',
    ],
    [{ ...filtered(''), window: { kind: 'last' as const, spanMs: 1000 } }, '1 filter removed, time window'],
  ])('%#', (now, text) => {
    expect(changesText(DROPS, now)).toBe(text);
  });

  it('says what a view holds', () => {
    expect(contentText(DROPS)).toBe('1 filter, grouping');
    expect(contentText(DEFAULT_VIEW)).toBe('no filter');
    expect(contentText(filtered('port:80 not verdict:DROPPED'))).toBe('2 filters, grouping');
  });
});
