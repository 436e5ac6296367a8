// The policies of the L3 lab: one kind of rule in each stage, then audit mode, encryption and TLS.

import type { LabStage } from './lab.ts';
import { look, WITH_POLICY, WITH_REQUESTS } from './look.ts';

const policy = (name: string, uid: string, spec: string): string => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: ${name}
  namespace: default
  uid: 5e8d2a40-71c3-4b57-9c1f-3d0f6a2b7c${uid}
spec:
${spec}`;

const selecting = (role: string): string => `  endpointSelector:
    matchLabels:
      role: ${role}
`;

const ENDPOINTS = policy(
  'backend-from-frontend',
  '01',
  `${selecting('backend')}  ingress:
    - fromEndpoints:
        - matchLabels:
            role: frontend
`,
);

const SERVICES = policy(
  'frontend-to-backend-service',
  '02',
  `${selecting('frontend')}  egress:
    - toServices:
        - k8sService:
            serviceName: backend-service
            namespace: default
`,
);

const ENTITIES = policy(
  'frontend-to-apiserver-and-world',
  '03',
  `${selecting('frontend')}  egress:
    - toEntities:
        - kube-apiserver
        - world
`,
);

const NODES = policy(
  'backend-from-control-plane',
  '04',
  `${selecting('backend')}  ingress:
    - fromNodes:
        - matchLabels:
            node-role.kubernetes.io/control-plane: ""
`,
);

const CIDR = policy(
  'frontend-to-cidr',
  '05',
  `${selecting('frontend')}  egress:
    - toCIDR:
        - 20.1.1.1/32
    - toCIDRSet:
        - cidr: 10.0.0.0/8
          except:
            - 10.96.0.0/12
`,
);

const mediabot = (rules: string): string => `  endpointSelector:
    matchLabels:
      org: empire
      class: mediabot
  egress:
${rules}    - toEndpoints:
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

const FQDN = policy(
  'fqdn',
  '06',
  mediabot(`    - toFQDNs:
        - matchName: api.github.com
`),
);

const TLS = policy(
  'tls-visibility',
  '07',
  mediabot(`    - toFQDNs:
        - matchName: httpbin.org
      toPorts:
        - ports:
            - port: "443"
              protocol: TCP
          terminatingTLS:
            secret:
              namespace: kube-system
              name: httpbin-tls-data
          originatingTLS:
            secret:
              namespace: kube-system
              name: tls-orig-data
          rules:
            http:
              - {}
`),
);

export const L3_STAGES: readonly [LabStage, ...LabStage[]] = [
  {
    id: 'C0',
    title: 'No policy',
    description: 'frontend and client both reach backend; no policy decides anything.',
    policyYaml: '',
    looks: [look('Who reaches backend', 'to-pod:default/backend')],
  },
  {
    id: 'C1',
    title: 'Endpoints',
    description:
      'backend accepts role=frontend. The SYN of client is denied and dropped. Click a dropped row to read why.',
    policyYaml: ENDPOINTS,
    looks: [
      look('client to backend', 'from-pod:default/client to-pod:default/backend'),
      look('What policy decides', 'type:policy-verdict', WITH_POLICY),
    ],
  },
  {
    id: 'C2',
    title: 'Services',
    description:
      'frontend may call the service backend-service and nothing else: its calls to client, to the API server and to the world are denied on egress.',
    policyYaml: SERVICES,
    looks: [
      look('What frontend sends', 'from-pod:default/frontend'),
      look('What policy decides', 'type:policy-verdict', WITH_POLICY),
    ],
  },
  {
    id: 'C3',
    title: 'Entities',
    description: 'frontend may reach the API server and the world, but no pod.',
    policyYaml: ENTITIES,
    looks: [
      look('To the API server', 'from-pod:default/frontend to-port:6443'),
      look('To the world', 'from-pod:default/frontend to-identity:world'),
      look('Only drops', 'verdict:DROPPED'),
    ],
  },
  {
    id: 'C4',
    title: 'Nodes',
    description:
      'backend accepts nodes labelled control-plane. A host-network pod there gets in by an identity of its node; pods that merely run there do not.',
    policyYaml: NODES,
    looks: [
      look('Who knocks at backend', 'to-pod:default/backend type:policy-verdict', WITH_POLICY),
      look('By identity', 'to-pod:default/backend', { scope: 'identity' }),
    ],
  },
  {
    id: 'C5',
    title: 'CIDR',
    description:
      'frontend may reach 20.1.1.1 and 10.0.0.0/8 without 10.96.0.0/12. Each prefix has an identity of local scope.',
    policyYaml: CIDR,
    looks: [
      look('To prefixes', 'from-pod:default/frontend to-label:reserved:world'),
      look('The exception', 'to-ip:10.96.0.0/12 verdict:DROPPED'),
      look('What policy decides', 'type:policy-verdict', WITH_POLICY),
    ],
  },
  {
    id: 'C6',
    title: 'DNS names',
    description:
      'mediabot may reach api.github.com. support.github.com resolves too, but mediabot’s SYN to it is denied: no rule names it.',
    policyYaml: FQDN,
    looks: [
      look('By name', 'from-pod:default/mediabot to-fqdn:*.github.com'),
      look('Lookups and answers', 'pod:default/mediabot protocol:dns'),
      look('Only drops', 'verdict:DROPPED'),
    ],
  },
  {
    id: 'C7',
    title: 'Audit mode',
    description: 'The policy of C1 in audit mode: the SYN of client gets verdict AUDIT and goes through.',
    policyYaml: ENDPOINTS,
    looks: [
      look('Audited, and let through', 'verdict:AUDIT', WITH_POLICY),
      look('client to backend', 'from-pod:default/client to-pod:default/backend'),
    ],
    auditMode: true,
  },
  {
    id: 'C8',
    title: 'Encryption',
    description:
      'No policy, WireGuard on: from pod to pod of another node packets travel inside UDP 51871 between the nodes, marked as encrypted, and are seen themselves where they arrive. What hosts send and get is in the open.',
    policyYaml: '',
    looks: [
      look('Encrypted', 'encrypted:true'),
      look('Where it arrives', 'from-pod:default/frontend to-pod:default/backend'),
      look('In the open', 'type:trace:to-network encrypted:false'),
    ],
    encrypts: true,
  },
  {
    id: 'C9',
    title: 'Inside TLS',
    description:
      'The proxy opens the TLS of mediabot to httpbin.org: GET /headers is seen though it is HTTPS.',
    policyYaml: TLS,
    looks: [look('HTTP inside HTTPS', 'protocol:http pod:default/mediabot', WITH_REQUESTS)],
  },
];
