// Filters of different kinds: by verdict, names, addresses, labels, ports, L7, patterns, negations, alternatives.

export const FILTERS: readonly string[] = [
  'verdict:DROPPED',
  'namespace:shop',
  'pod:payments/payments-api',
  'not namespace:kube-system',
  'ip:10.3.0.0/16',
  'label:tier=data',
  'to-port:443 or 8080',
  'http-status:5+',
  'http-path:^/api/.*',
  '(workload:cart-api verdict:FORWARDED or dns-query:.)',
];
