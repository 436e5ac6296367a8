// A demo cluster that makes as many flows a second as told. Tells its port, and then, whenever it is asked, its CPU and
// what it has made, sent and reported as lost so far.

import { startDemoCluster } from '@finderscope/demo-cluster';

const cluster = await startDemoCluster({
  scenario: 'load',
  rate: Number(process.argv[2] ?? '200000'),
  port: 0,
  seed: 7,
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { flowsGenerated, streams } = cluster.control.counters();
  process.send?.({
    cpuMs: (user + system) / 1000,
    generated: flowsGenerated,
    sent: streams.reduce((sum, { flowsSent }) => sum + flowsSent, 0),
    lost: streams.reduce((sum, { eventsReportedLost }) => sum + eventsReportedLost, 0),
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: Number(new URL(`http://${cluster.relayAddress}`).port) });
