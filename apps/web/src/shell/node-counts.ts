// Which nodes the Relay reaches. GetNodes tells states by name; a Relay that does not serve it still tells numbers and
// the names of the unavailable ones with its status.

import { type Node, NodeState, type ServerStatusResponse } from '@finderscope/hubble-api';

export type NodeLine = { readonly name: string; readonly state: string; readonly version: string };

export type NodeCounts = {
  readonly connected: number;
  readonly total: number;
  /** Names, sorted; may be fewer than `total - connected` when the server names only some. */
  readonly unavailable: readonly string[];
  /** Every node by name where the server tells; empty otherwise. */
  readonly lines: readonly NodeLine[];
};

/** undefined while nothing is known, and for a single agent, which has no nodes. */
export function nodeCounts(
  nodes: readonly Pick<Node, 'name' | 'state' | 'version'>[] | undefined,
  status:
    | Pick<ServerStatusResponse, 'numConnectedNodes' | 'numUnavailableNodes' | 'unavailableNodes'>
    | undefined,
): NodeCounts | undefined {
  if (nodes !== undefined && nodes.length > 0) return fromNodes(nodes);
  if (status?.numConnectedNodes === undefined) return undefined;
  return {
    connected: status.numConnectedNodes,
    total: status.numConnectedNodes + (status.numUnavailableNodes ?? 0),
    unavailable: status.unavailableNodes.toSorted(),
    lines: [],
  };
}

function fromNodes(nodes: readonly Pick<Node, 'name' | 'state' | 'version'>[]): NodeCounts {
  const connected = nodes.filter((node) => node.state === NodeState.NODE_CONNECTED).length;
  return {
    connected,
    total: nodes.length,
    unavailable: nodes
      .filter((node) => node.state !== NodeState.NODE_CONNECTED)
      .map((node) => node.name)
      .toSorted(),
    lines: nodes
      .map((node) => ({ name: node.name, state: stateWord(node.state), version: node.version }))
      .toSorted(
        (a, b) =>
          Number(a.state === 'connected') - Number(b.state === 'connected') || (a.name < b.name ? -1 : 1),
      ),
  };
}

function stateWord(state: number): string {
  switch (state) {
    case NodeState.NODE_CONNECTED:
      return 'connected';
    case NodeState.NODE_UNAVAILABLE:
      return 'unavailable';
    case NodeState.NODE_GONE:
      return 'gone';
    case NodeState.NODE_ERROR:
      return 'error';
    case NodeState.UNKNOWN_NODE_STATE:
      return 'state not told';
    default:
      return `state ${state}`;
  }
}
