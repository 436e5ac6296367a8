// From what the page knows to the steps the doctor shows, in the order in which they depend on one another.

import type { Connection, Stats } from '../../engine/protocol.ts';
import { formatExact, formatRate } from '../../widgets/index.ts';

export type DoctorFacts = {
  /** Address of the source, for the words. */
  readonly source: string;
  /** Where the page came from, and where its calls go. */
  readonly origin: string;
  /** undefined before the engine's first answer. */
  readonly connection: Connection | undefined;
  readonly stats: Stats | undefined;
  /** What ServerStatus told; undefined until it has. */
  readonly server:
    | {
        readonly numFlows: number;
        readonly flowsPerS: number;
        readonly connectedNodes: number | undefined;
        readonly unavailableNodes: readonly string[];
      }
    | undefined;
  /** Name of the gRPC code and message of a failed ServerStatus. */
  readonly serverError: { readonly code: string; readonly message: string } | undefined;
};

export type DoctorStep = {
  readonly title: string;
  readonly state: 'done' | 'failed' | 'waiting';
  /** What is, then why, then what to do; '' while waiting for an earlier step. */
  readonly text: string;
};

export type Diagnosis = { readonly title: string; readonly steps: readonly DoctorStep[] };

export function diagnose(facts: DoctorFacts): Diagnosis {
  const steps = [checkServer(facts), checkStream(facts), checkNodes(facts), checkFlows(facts)];
  return { title: titleOf(facts, steps), steps: steps.map(withoutRepeat) };
}

/** A reason that the step before has given is not given again. */
function withoutRepeat(step: DoctorStep, index: number, steps: readonly DoctorStep[]): DoctorStep {
  const repeats = step.state === 'failed' && step.text === steps[index - 1]?.text;
  return repeats ? { ...step, text: 'Failed for the same reason.' } : step;
}

function titleOf(facts: DoctorFacts, steps: readonly DoctorStep[]): string {
  const failed = steps.find((step) => step.state === 'failed');
  if (facts.connection?.state === 'disconnected') return `No flows: disconnected from ${facts.source}`;
  if (failed !== undefined) return `No flows: see ${failed.title}`;
  return facts.connection?.state === 'connected' ? 'No flows yet' : `Connecting to ${facts.source}`;
}

function checkServer({ server, serverError, origin }: DoctorFacts): DoctorStep {
  const title = 'Server status';
  if (server !== undefined) return { title, state: 'done', text: `ServerStatus answers through ${origin}.` };
  if (serverError === undefined)
    return { title, state: 'waiting', text: `Asking ServerStatus through ${origin}.` };
  return { title, state: 'failed', text: withHint(serverError.code, serverError.message, origin) };
}

function checkStream({ connection, origin }: DoctorFacts): DoctorStep {
  const title = 'Stream of flows';
  switch (connection?.state) {
    case 'connected':
      return {
        title,
        state: 'done',
        text: connection.serverVersion === '' ? 'Open.' : `Open, from ${connection.serverVersion}.`,
      };
    case 'disconnected':
      return { title, state: 'failed', text: withHint(connection.code, connection.reason, origin) };
    case 'connecting':
      return { title, state: 'waiting', text: 'GetFlows was asked for and has not answered yet.' };
    case undefined:
      return { title, state: 'waiting', text: '' };
  }
}

function checkNodes({ server }: DoctorFacts): DoctorStep {
  const title = 'Relay and its nodes';
  if (server === undefined) return { title, state: 'waiting', text: '' };
  const { connectedNodes, unavailableNodes } = server;
  if (connectedNodes === undefined)
    return { title, state: 'done', text: 'The server is a single node and counts none.' };
  if (connectedNodes === 0) {
    return {
      title,
      state: 'failed',
      text: `Relay is up and has no node.${nameList(unavailableNodes)} Flows come from the nodes: see that Hubble is enabled in the agents and that Relay reaches their port 4244.`,
    };
  }
  if (unavailableNodes.length > 0) {
    return {
      title,
      state: 'done',
      text: `${connectedNodes} connected.${nameList(unavailableNodes)} Their flows do not arrive.`,
    };
  }
  return {
    title,
    state: 'done',
    text: connectedNodes === 1 ? 'The one node is connected.' : `All ${connectedNodes} nodes are connected.`,
  };
}

function checkFlows({ connection, stats, server }: DoctorFacts): DoctorStep {
  const title = 'First flow';
  if (connection?.state !== 'connected') return { title, state: 'waiting', text: '' };
  if (stats !== undefined && stats.received > 0) {
    return {
      title,
      state: 'failed',
      text: `${formatExact(stats.received)} flows were sent and none could be kept: ${formatExact(stats.skipped.total)} skipped, ${formatExact(stats.lost.total)} lost, ${formatExact(stats.evicted)} evicted.`,
    };
  }
  const held =
    server === undefined
      ? ''
      : ` The server holds ${formatExact(server.numFlows)} flows and sees ${formatRate(server.flowsPerS)} each second.`;
  return { title, state: 'waiting', text: `None has arrived.${held}` };
}

function nameList(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, 5).join(', ');
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return ` Unavailable: ${shown}${rest}.`;
}

function withHint(code: string, message: string, origin: string): string {
  const what = message.trim() === '' ? code : `${code}: ${message.trim()}`;
  const hint = hintFor(code, origin, /[.!?]$/.test(what));
  return `${what}${/[.!?]$/.test(what) ? '' : '.'}${hint === '' ? '' : ` ${hint}`}`;
}

/** What to do about an error, by its code; '' where the message says it all. */
function hintFor(code: string, origin: string, isSentence: boolean): string {
  switch (code) {
    case 'NETWORK':
      return `Nothing answers at ${origin}. See that the gateway or the port-forward still runs.`;
    case 'NOT_GRPC_WEB':
      return `What answers at ${origin} does not speak gRPC-web. See that the path leads to the gateway.`;
    case 'TRUNCATED':
      return 'The stream broke off inside a message, as a proxy with a time limit does.';
    case 'UNAVAILABLE':
      // The gateway's own words say what to do; a proxy's or Relay's are a few words.
      return isSentence
        ? ''
        : 'The gateway answers, Relay does not. See that --server is its address and that it runs.';
    case 'UNIMPLEMENTED':
      return 'The server is not a Hubble Relay. See that --server is its address.';
    case 'UNAUTHENTICATED':
    case 'PERMISSION_DENIED':
      return 'The server wants other credentials: --tls-client-cert-file and --tls-client-key-file give them.';
    default:
      return code.startsWith('HTTP_') ? `A proxy between this page and the gateway gave that answer.` : '';
  }
}
