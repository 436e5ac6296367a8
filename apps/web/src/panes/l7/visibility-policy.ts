// The policy that makes L7 visible without denying anything: its rules allow every request, and it asks for no default
// deny, which Cilium knows since 1.16. Where another policy denies by default its rules still allow, so they name no
// more peers than they must: those of the cluster, and its DNS.

export type VisibilityOptions = {
  /** '' leaves the choice to the reader. */
  readonly namespace: string;
  /** TCP ports that HTTP is looked for on, at least one. */
  readonly httpPorts: readonly number[];
};

/** YAML of a CiliumNetworkPolicy for all pods of a namespace. */
export function visibilityPolicy({ namespace, httpPorts }: VisibilityOptions): string {
  return `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: see-l7
  namespace: ${namespace === '' ? 'default' : namespace}
spec:
  endpointSelector: {}
  enableDefaultDeny:
    ingress: false
    egress: false
  ingress:
    - fromEntities:
        - cluster
      toPorts:
        - ports:
${httpPorts.map((port) => `            - port: "${String(port)}"\n              protocol: TCP`).join('\n')}
          rules:
            http:
              - {}
  egress:
    - toEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
            k8s:k8s-app: kube-dns
      toPorts:
        - ports:
            - port: "53"
              protocol: ANY
          rules:
            dns:
              - matchPattern: "*"
`;
}

const USUAL = [80, 8080, 8000, 3000, 5000, 9090, 8081, 9080, 8888];
const MOST_PORTS = 4;

/** Ports among those seen that usually carry HTTP, else 80. */
export function likelyHttpPorts(seen: readonly string[]): readonly number[] {
  const found = USUAL.filter((port) => seen.includes(String(port))).slice(0, MOST_PORTS);
  return found.length === 0 ? [80] : found;
}
