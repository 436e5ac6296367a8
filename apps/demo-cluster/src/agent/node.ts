// The nodes of the demo cluster: one control plane, then workers.

/** How one node of the cluster is called and where it is. */
export type NodeInfo = {
  /** As flows carry it: prefixed with `<cluster>/` when the cluster is not called default. */
  readonly name: string;
  readonly ip: string;
  /** `key=value`, sorted, as flows carry them. */
  readonly labels: readonly string[];
};

/** Their addresses follow one another. */
export const MAX_NODES = 100;

/** k8s-ctr and k8s-w1, k8s-w2, ... at 192.168.10.100 and up; at most MAX_NODES. */
export function clusterNodes(count: number): readonly NodeInfo[] {
  return Array.from({ length: count }, (_, index) =>
    nodeInfo(index === 0 ? 'k8s-ctr' : `k8s-w${index}`, index),
  );
}

/** A node by name; `index` gives it an address. */
export function nodeInfo(name: string, index: number): NodeInfo {
  const host = name.split('/').at(-1) ?? name;
  const role = index === 0 ? ['node-role.kubernetes.io/control-plane='] : [];
  return {
    name,
    ip: `192.168.${10 + Math.floor((100 + index) / 256)}.${(100 + index) % 256}`,
    labels: [
      'beta.kubernetes.io/arch=amd64',
      'beta.kubernetes.io/os=linux',
      'kubernetes.io/arch=amd64',
      `kubernetes.io/hostname=${host}`,
      'kubernetes.io/os=linux',
      ...role,
    ],
  };
}
