// The demo cluster as other workspaces use it: e2e tests, benches, scripts.

export {
  type CheckedCluster,
  type DemoCluster,
  type DemoClusterOptions,
  startDemoCluster,
} from './cluster.ts';
export type { Counters, DemoControl, NodeCounters, ScenarioState } from './control/demo-control.ts';
export type { Fault } from './control/faults.ts';
export type { TlsMaterial } from './grpc-server/index.ts';
export type { Stage } from './scenarios/scenario.ts';
