import type { MapScene } from './scene.ts';

/**
 * What decides where things stand: two scenes of one shape stand alike. The order within an island is that of rates,
 * which is another one with every answer.
 */
export function sceneShape({ islands, items }: MapScene): string {
  const pills = [...items.values()].flatMap((item) => (item.kind === 'pill' ? [item.id] : []));
  return [
    ...islands.map(
      ({ id, open, members }) => `${id} ${String(open)} ${open ? members.toSorted().join(' ') : ''}`,
    ),
    ...pills.toSorted(),
  ].join('\n');
}
