import { expect, it } from 'vitest';
import { likelyHttpPorts, visibilityPolicy } from './visibility-policy.ts';

it('names ports that usually carry HTTP, else 80', () => {
  expect(likelyHttpPorts(['53', '8080', '5432', '80'])).toEqual([80, 8080]);
  expect(likelyHttpPorts(['53'])).toEqual([80]);
});

it('makes L7 visible and denies nothing', () => {
  expect(visibilityPolicy({ namespace: 'shop', httpPorts: [80, 8080] })).toBe(`apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: see-l7
  namespace: shop
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
            - port: "80"
              protocol: TCP
            - port: "8080"
              protocol: TCP
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
`);
});
