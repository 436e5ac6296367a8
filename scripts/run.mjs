// Runs one program of the repository, with its packages installed and on the pinned Node:
//
//   node scripts/run.mjs FILE [ARGUMENT ...]     FILE from the root of the repository
//
// npm run demo-cluster, bench, soak and dev are this; what follows a -- on their command line goes through as it is.

import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { ProcessGroup } = await import('./processes.mjs');

const [file, ...args] = process.argv.slice(2);
const group = new ProcessGroup();
group.start(file, args);
process.exit(await group.wait());
