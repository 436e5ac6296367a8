// What was denied, as a suggestion needs to know it.

import type { IcmpMessage } from '../model/policy.ts';

export type DeniedEnd = {
  /** What the workload is called, for the name of the policy. */
  readonly name: string;
  /** `source:key=value`, as flows carry them. */
  readonly labels: readonly string[];
  /** '' when not known. */
  readonly ip: string;
  /** DNS names of the address; empty when not known. */
  readonly dnsNames: readonly string[];
};

export type DeniedRequest =
  | { readonly kind: 'http'; readonly method: string; /** With its query. */ readonly path: string }
  | { readonly kind: 'dns'; readonly name: string };

export type Denied = {
  readonly direction: 'ingress' | 'egress';
  /** The end whose policies denied: the destination on ingress, the source on egress. */
  readonly subject: DeniedEnd;
  readonly peer: DeniedEnd;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  /** Destination port; 0 for ICMP. */
  readonly port: number;
  /** With protocol ICMP, and only then: what the message was. */
  readonly icmp: IcmpMessage | undefined;
  /** What the proxy denied, when the connection itself was allowed. */
  readonly request: DeniedRequest | undefined;
};
