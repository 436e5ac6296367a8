import { latePart } from '../widgets/index.ts';
import type { RailProps } from './rail.tsx';

export const Rail = latePart<RailProps>(async () => (await import('./rail.tsx')).Rail, RailPlace);

/** As wide as the rail will be. */
function RailPlace({ open }: RailProps) {
  const size = open ? 'w-52 max-tablet:w-full' : 'w-10 max-tablet:hidden';
  return <div aria-busy className={`${size} shrink-0 border-r border-line bg-base max-tablet:border-r-0`} />;
}
