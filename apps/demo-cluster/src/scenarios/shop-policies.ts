// The policies of the zero-trust shop, stage by stage. Each stage adds to the one before, until the last takes the
// policy away that allowed everything.

import type { LabStage } from './lab.ts';
import { IN_NUMBERS, look, WITH_POLICY, WITH_REQUESTS } from './look.ts';

const policy = (name: string, uid: string, spec: string): string => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: ${name}
  namespace: shop
  uid: ${uid}
spec:
${spec}`;

const ALLOW_ALL = policy(
  'allow-all',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e01',
  `  endpointSelector: {}
  ingress:
    - fromEntities: [all]
  egress:
    - toEntities: [all]
`,
);

const ALLOW_DNS = policy(
  'allow-dns',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e02',
  `  endpointSelector: {}
  egress:
    - toEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
            k8s-app: kube-dns
      toPorts:
        - ports:
            - port: "53"
              protocol: UDP
            - port: "53"
              protocol: TCP
          rules:
            dns:
              - matchPattern: "*"
`,
);

const FRONTEND_EGRESS = policy(
  'allow-frontend-egress',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e03',
  `  endpointSelector:
    matchLabels:
      app: frontend
  egress:
    - toEndpoints:
        - matchLabels:
            app: backend
      toPorts:
        - ports:
            - port: "80"
              protocol: TCP
`,
);

const backendIngress = (name: string, uid: string, rules: string): string =>
  policy(
    name,
    uid,
    `  endpointSelector:
    matchLabels:
      app: backend
  ingress:
    - fromEndpoints:
        - matchLabels:
            app: frontend
      toPorts:
        - ports:
            - port: "80"
              protocol: TCP
${rules}`,
  );

const FRONTEND_TO_BACKEND = backendIngress(
  'allow-frontend-to-backend',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e04',
  '',
);

const FRONTEND_L7 = backendIngress(
  'allow-frontend-l7',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e05',
  `          rules:
            http:
              - method: GET
                path: ^/status/200$
`,
);

const DEFAULT_DENY = policy(
  'default-deny',
  '0c3a7a52-2a1c-4c0e-8f4e-9a3b7a1d5e06',
  `  endpointSelector: {}
  ingress:
    - {}
  egress:
    - {}
`,
);

const together = (...policies: readonly string[]): string => policies.join('---\n');

export const SHOP_STAGES: readonly [LabStage, ...LabStage[]] = [
  {
    id: 'B1',
    title: 'Baseline: everything allowed',
    description:
      'One policy, allow-all, selects every endpoint of the shop and allows everything, so each connection gets a verdict that names it.',
    policyYaml: ALLOW_ALL,
    looks: [
      look('What policy decides', 'namespace:shop type:policy-verdict', WITH_POLICY),
      look('The shop', 'namespace:shop'),
      look('In numbers', 'namespace:shop', IN_NUMBERS),
    ],
  },
  {
    id: 'B2',
    title: 'DNS is seen',
    description:
      'allow-dns sends lookups through the DNS proxy: every question and every answer becomes a flow.',
    policyYaml: together(ALLOW_ALL, ALLOW_DNS),
    looks: [
      look('Lookups and answers', 'namespace:shop protocol:dns', WITH_REQUESTS),
      look('What policy decides', 'namespace:shop type:policy-verdict', WITH_POLICY),
      look('In numbers', 'namespace:shop', IN_NUMBERS),
    ],
  },
  {
    id: 'B3',
    title: 'Ports (L4)',
    description:
      'frontend may call backend on port 80, and the verdict names the rule that is most precise. https://example.com still answers: allow-all is there.',
    policyYaml: together(ALLOW_ALL, ALLOW_DNS, FRONTEND_TO_BACKEND, FRONTEND_EGRESS),
    looks: [
      look('frontend to backend', 'from-pod:shop/frontend to-pod:shop/backend'),
      look('Still out to the world', 'from-pod:shop/frontend to-fqdn:example.com'),
      look('What policy decides', 'namespace:shop type:policy-verdict', WITH_POLICY),
      look('In numbers', 'namespace:shop', IN_NUMBERS),
    ],
  },
  {
    id: 'B4',
    title: 'Requests (L7)',
    description:
      'allow-frontend-l7 sends requests through the HTTP proxy. GET /status/200 is what it allows; /status/500 passes too, because allow-all is still there.',
    policyYaml: together(ALLOW_ALL, ALLOW_DNS, FRONTEND_EGRESS, FRONTEND_L7),
    looks: [
      look('Requests and responses', 'namespace:shop protocol:http', WITH_REQUESTS),
      look('Server errors', 'namespace:shop http-status:5+'),
      look('Redirected to the proxy', 'namespace:shop verdict:REDIRECTED', WITH_POLICY),
      look('In numbers', 'namespace:shop', IN_NUMBERS),
    ],
  },
  {
    id: 'B5',
    title: 'Zero trust',
    description:
      'allow-all is gone and default-deny is here. GET /status/200 is answered, GET /get gets 403 from the proxy, and all but DNS that leaves the shop is dropped on egress. Click a dropped row to read why.',
    policyYaml: together(ALLOW_DNS, FRONTEND_EGRESS, FRONTEND_L7, DEFAULT_DENY),
    looks: [
      look('Only drops', 'namespace:shop verdict:DROPPED'),
      look('Requests and responses', 'namespace:shop protocol:http', WITH_REQUESTS),
      look('Denied requests', 'namespace:shop protocol:http verdict:DROPPED'),
      look('Denied on egress', 'namespace:shop type:policy-verdict verdict:DROPPED', WITH_POLICY),
      look('What is allowed', 'namespace:shop type:policy-verdict not verdict:DROPPED', WITH_POLICY),
      look('By cluster', 'namespace:shop', { scope: 'cluster' }),
      look('In numbers', 'namespace:shop', IN_NUMBERS),
    ],
  },
];
