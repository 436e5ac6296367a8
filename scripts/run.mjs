// npm run demo-cluster: only the simulated cluster. Flags go through as they are.

import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { ProcessGroup } = await import('./processes.mjs');

const group = new ProcessGroup();
group.start('apps/demo-cluster/src/main.ts', process.argv.slice(2));
process.exit(await group.wait());
