export {
  type Connection,
  createPolicySet,
  type Decision,
  type Direction,
  type NamedPort,
  PolicyMatch,
  type PolicyRef,
  policyRef,
  type PolicySet,
  type PolicySetOptions,
} from './evaluate/decide.ts';
export { allowsDns } from './evaluate/dns.ts';
export { allowsHttp, type HttpRequest } from './evaluate/http.ts';
export type { ServiceRef } from './evaluate/peer.ts';
export {
  type AllocatedIdentity,
  createIdentityAllocator,
  type IdentityAllocator,
} from './identity/allocator.ts';
export type { DnsRule, HttpRule, LabelSelector, Policy, PolicyKind, PolicyRule } from './model/policy.ts';
export type { PolicyProblem } from './parse/node-reader.ts';
export { parsePolicies } from './parse/parse-policies.ts';
