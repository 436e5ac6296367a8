// A whole demo cluster: scenario, agents, relay and control, started and stopped as one.

import '@finderscope/flow-query/expressions';

import { createSecureContext } from 'node:tls';

import { pino, type Logger } from 'pino';
import { err, ok, type Result } from '@finderscope/base';

import { Agent } from './agent/agent.ts';
import { agentMethods } from './agent/agent-methods.ts';
import { healthMethods } from './agent/health-service.ts';
import { MAX_NODES } from './agent/node.ts';
import { createControl, type DemoControl } from './control/demo-control.ts';
import { drive } from './control/driver.ts';
import { createRecorder } from './control/recorder.ts';
import { demoMethods } from './control/service.ts';
import { type GrpcServer, startGrpcServer, type TlsMaterial } from './grpc-server/index.ts';
import { FlowStreams } from './relay/flow-streams.ts';
import { relayObserverMethods } from './relay/observer-service.ts';
import { isRingCapacity } from './ring/ring-buffer.ts';
import { DEFAULT_SCENARIO, scenarioByName, SCENARIOS } from './scenarios/registry.ts';
import { planScenario, type Scenario, type ScenarioPlan } from './scenarios/scenario.ts';
import { addNs, type Clock, type Moment, nsBetween, SYSTEM_CLOCK } from './timeline/clock.ts';
import { createRandom } from './timeline/random.ts';
import { HUBBLE_VERSION } from './version.ts';

export type DemoClusterOptions = {
  /** Name of a scenario; star-wars by default. */
  readonly scenario?: string | undefined;
  readonly nodes?: number | undefined;
  /** Flows a second of scenario load. */
  readonly rate?: number | undefined;
  /** 1 by default. The same seed and start time give the same flows. */
  readonly seed?: number | undefined;
  /** Holds a stage from the start instead of cycling. */
  readonly stage?: string | undefined;
  readonly file?: string | undefined;
  readonly speed?: number | undefined;
  readonly loop?: boolean | undefined;
  readonly keepTimes?: boolean | undefined;
  readonly ringCapacity?: number | undefined;
  /** Where the relay listens; 127.0.0.1:4245 by default, port 0 is any free one. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Port of the first agent, the others follow; 0, the default, takes free ones. */
  readonly agentsListenBase?: number | undefined;
  /** For the relay port. */
  readonly tls?: TlsMaterial | undefined;
  /** For the agents' own ports, which speak plaintext without it: for `*.default.hubble-grpc.cilium.io`. */
  readonly agentTls?: TlsMaterial | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** Told, a sentence each, of what a person should know: broken lines of a file, the summary of a replay. */
  readonly onNotice?: ((notice: string) => void) | undefined;
};

export type DemoCluster = {
  /** host:port of the Relay-like endpoint. */
  readonly relayAddress: string;
  /** host:port of each agent, in the order of the nodes. */
  readonly agentAddresses: readonly string[];
  readonly control: DemoControl;
  /** Ends every stream and stops; calls after the first return the same promise. */
  readonly stop: () => Promise<void>;
};

/** A cluster whose options are checked and which can only fail to bind its ports. */
export type CheckedCluster = { readonly start: () => Promise<DemoCluster> };

export const DEFAULT_RELAY_PORT = 4245;
const LOOPBACK = '127.0.0.1';
const STOP_GRACE_MS = 500;
const ANSWER_MS = 50;
const MAX_PORT = 65_535;
const MAX_SEED = 0xffff_ffff;

/** Checks the options and reads the files they name. The error is one line that names the flag. */
export function checkOptions(options: DemoClusterOptions): Result<CheckedCluster, string> {
  const scenario = options.scenario === undefined ? DEFAULT_SCENARIO : scenarioByName(options.scenario);
  if (scenario === undefined) {
    const names = SCENARIOS.map(({ name }) => name).join(', ');
    return err(`--scenario: there are ${names}, not "${options.scenario ?? ''}"`);
  }
  const { nodes, ringCapacity, seed } = options;
  if (nodes !== undefined && !(Number.isInteger(nodes) && nodes >= 1 && nodes <= MAX_NODES)) {
    return err(`--nodes: must be a whole number from 1 to ${MAX_NODES}, not ${nodes}`);
  }
  if (ringCapacity !== undefined && !isRingCapacity(ringCapacity)) {
    return err(`--ring-capacity: must be 2^n - 1 up to 65535, as 4095 is, not ${ringCapacity}`);
  }
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED)) {
    return err(`--seed: must be a whole number up to ${MAX_SEED}, not ${seed}`);
  }
  const plan = planScenario(scenario, {
    nodes,
    rate: options.rate,
    stage: options.stage,
    file: options.file,
    speed: options.speed,
    loop: options.loop ?? false,
    keepTimes: options.keepTimes ?? false,
  });
  if (!plan.ok) return plan;
  const lastPort = (options.agentsListenBase ?? 0) + plan.value.nodes.length - 1;
  if (lastPort > MAX_PORT) {
    return err(
      `--agents-listen-base: ${plan.value.nodes.length} nodes reach port ${lastPort}, over ${MAX_PORT}`,
    );
  }
  const tlsProblem = options.tls === undefined ? undefined : findTlsProblem(options.tls);
  if (tlsProblem !== undefined) return err(tlsProblem);
  return ok({ start: () => startChecked(scenario, plan.value, options) });
}

function findTlsProblem({ cert, key, clientCa }: TlsMaterial): string | undefined {
  try {
    createSecureContext({ cert, key, ...(clientCa === undefined ? {} : { ca: clientCa }) });
    return undefined;
  } catch (error) {
    return `--tls-cert-file, --tls-key-file: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Starts a cluster; rejects with the text of a bad option, or when a port cannot be bound. */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const checked = checkOptions(options);
  if (!checked.ok) throw new TypeError(checked.error);
  return await checked.value.start();
}

async function startChecked(
  scenario: Scenario,
  plan: ScenarioPlan,
  options: DemoClusterOptions,
): Promise<DemoCluster> {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const logger = options.logger ?? pino({ enabled: false });
  const epoch = addNs(clock.now(), -plan.historyNs);
  const agents = plan.nodes.map(
    (node) => new Agent(node, options.ringCapacity ?? plan.ringCapacity, clock, epoch),
  );
  const recorder = createRecorder({
    agents,
    epoch,
    random: createRandom(options.seed ?? 1),
    version: HUBBLE_VERSION,
  });
  const run = plan.start(recorder);
  for (const warning of plan.warnings) options.onNotice?.(warning);
  if (plan.historyNs > 0) run.advanceTo(plan.historyNs, Infinity);

  const servers = await startServers(agents, epoch, options, clock, logger, (parts) =>
    createControl({
      scenario,
      plan,
      run,
      epoch,
      agents,
      streams: parts.streams,
      faults: {
        agents,
        recorder,
        streams: parts.streams,
        nowNs: () => nsBetween(epoch, clock.now()),
        dropRelayConnections: parts.dropRelayConnections,
        setAgentReachable: parts.setAgentReachable,
      },
    }),
  );
  let summarized = false;
  const summarize = (): void => {
    const summary = summarized ? undefined : run.summary();
    summarized = true;
    if (summary !== undefined) options.onNotice?.(summary);
  };
  const stopDriver = drive({
    run,
    agents,
    epoch,
    clock,
    onFinished: summarize,
    onBug: (error) => {
      logger.fatal({ err: error }, 'the scenario failed; no more flows');
    },
  });

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await stopDriver();
    await Promise.all([servers.relay, ...servers.agents].map((server) => server.stop(STOP_GRACE_MS)));
    summarize();
  };
  return {
    relayAddress: servers.relay.address,
    agentAddresses: servers.agents.map(({ address }) => address),
    control: servers.control,
    stop: () => (stopping ??= stop()),
  };
}

type ControlHooks = {
  readonly streams: FlowStreams;
  readonly dropRelayConnections: () => number;
  readonly setAgentReachable: (node: number, reachable: boolean) => void;
};

type Servers = {
  readonly relay: GrpcServer;
  readonly agents: readonly GrpcServer[];
  readonly control: DemoControl;
};

async function startServers(
  agents: readonly Agent[],
  startedAt: Moment,
  options: DemoClusterOptions,
  clock: Clock,
  logger: Logger,
  controlOf: (hooks: ControlHooks) => DemoControl,
): Promise<Servers> {
  const host = options.host ?? LOOPBACK;
  const onBug = (error: unknown, path: string): void => {
    logger.error({ err: error, path }, 'a method failed');
  };
  const running: GrpcServer[] = [];
  try {
    for (const [index, agent] of agents.entries()) {
      const base = options.agentsListenBase ?? 0;
      const server = await startGrpcServer({
        host: LOOPBACK,
        port: base === 0 ? 0 : base + index,
        initialMetadata: { 'hubble-server-version': HUBBLE_VERSION },
        tls: options.agentTls,
        methods: agentMethods(agent, agents, HUBBLE_VERSION, options.agentTls !== undefined),
        onBug,
      });
      agent.address = server.address;
      running.push(server);
    }
    const agentServers = [...running];
    const streams = new FlowStreams();
    // The service needs the control, and the control the server that carries the service.
    const late: { relay?: GrpcServer } = {};
    const control = controlOf({
      streams,
      // The answer to the call that asked for it should still get through.
      dropRelayConnections: () => late.relay?.dropConnections(ANSWER_MS) ?? 0,
      setAgentReachable: (node, reachable) => {
        const server = agentServers[node];
        server?.refuseConnections(!reachable);
        if (!reachable) server?.dropConnections();
      },
    });
    const relayNode = (agents[1] ?? agents[0])?.node.name ?? '';
    late.relay = await startGrpcServer({
      host,
      port: options.port ?? DEFAULT_RELAY_PORT,
      tls: options.tls,
      initialMetadata: { 'hubble-relay-version': HUBBLE_VERSION },
      methods: [
        ...relayObserverMethods({ agents, streams, clock, relayNode, version: HUBBLE_VERSION }),
        ...healthMethods(() => agents.some((agent) => agent.available)),
        ...demoMethods(control),
      ],
      onBug,
    });
    logger.debug({ startedAt, relay: late.relay.address }, 'listening');
    return { relay: late.relay, agents: agentServers, control };
  } catch (error) {
    await Promise.all(running.map((server) => server.stop(0)));
    throw error;
  }
}
