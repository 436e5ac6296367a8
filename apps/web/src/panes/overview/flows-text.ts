import { formatExact } from '../../widgets/index.ts';

/** `1 flow`, `1,204 flows` */
export function flowsText(count: number): string {
  return `${formatExact(count)} ${count === 1 ? 'flow' : 'flows'}`;
}
