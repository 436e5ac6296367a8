// Records of real clusters, each file played to the browser: every line of it is received, or named as broken.

import { join } from 'node:path';
import { captureFolder, captureNames, sortLines } from './support/captures.ts';
import { expectBalanced, flowRows, idle, openPage, readStats } from './support/page.ts';
import { readLines, replayed, replayFlags } from './support/replay.ts';
import { type Stack, startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

/** What the cluster says of a file it has played: lines of each kind, and of all kinds as `lines`. */
function toldCounts({ demo }: Stack): Readonly<Record<string, number>> {
  const [, said = ''] = /replayed .*?: (\d+ lines: [^;]+);/.exec(demo?.output() ?? '') ?? [];
  return Object.fromEntries(
    [...said.matchAll(/(\d+) ([a-z -]+)/g)].map(([, count, kind = '']) => [kind, Number(count)]),
  );
}

test('captured records are at hand', () => {
  test.skip(
    captureFolder === '',
    'FINDERSCOPE_CAPTURES names no folder of captured records: none was played.',
  );
  expect(captureNames.length).toBeGreaterThan(0);
});

for (const name of captureNames) {
  test(`${name}: every line is accounted for`, async ({ page }) => {
    const file = join(captureFolder, name);
    const lines = readLines(file);
    const { flows, lost, lostLines, others, broken } = sortLines(lines);
    test.skip(flows + lost === 0, `${name} holds nothing that a flow stream carries`);
    await using stack = await startStack({ demo: replayFlags(file) });
    await replayed(stack, flows);
    await openPage(page, stack.url);
    await expect.poll(async () => (await readStats(page)).received).toBe(flows + lost);
    await idle(page);
    const stats = await readStats(page);
    await expectBalanced(page);
    expect(stats).toMatchObject({ held: flows, filtered: 0, evicted: 0, reconnects: 0 });
    expect(stats.lost.total).toBe(lost);
    expect(stats.skipped.total).toBe(0);
    if (flows > 0) await expect(flowRows(page).first()).toBeVisible();
    const named = [...(stack.demo?.output() ?? '').matchAll(/\.jsonl:(\d+): /g)].map(([, line]) =>
      Number(line),
    );
    expect(named).toEqual(broken);
    // What no flow stream carries is counted by the cluster, kind by kind.
    await expect.poll(() => toldCounts(stack)).toMatchObject({ flows, 'lost-events': lostLines });
    const { lines: all, ...kinds } = toldCounts(stack);
    expect(all).toBe(lines.length);
    const told = Object.entries(kinds).filter(([kind]) => !['flows', 'lost-events', 'broken'].includes(kind));
    expect(told.reduce((sum, [, count]) => sum + count, 0)).toBe(others);
    expect(kinds['broken']).toBe(broken.length);
  });
}
