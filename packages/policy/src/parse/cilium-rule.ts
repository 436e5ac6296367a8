// The spec of Cilium's own policies.

import type { Node } from 'yaml';

import type { Direction } from '../evaluate/decide.ts';
import type {
  LabelRequirement,
  LabelSelector,
  PolicyRule,
  RuleSection,
  TrafficRule,
} from '../model/policy.ts';
import { ignored, type NodeReader } from './node-reader.ts';
import { inNamespace, ofSource, readSelector, selectsInit } from './selector.ts';
import { readTrafficRule } from './traffic-rule.ts';

const IS_HOST: LabelRequirement = { source: 'reserved', key: 'host', operator: 'Exists', values: [] };

const NO_RULE =
  'spec: no rule in ingress, ingressDeny, egress, egressDeny: Cilium refuses it; [{}] denies by default, [] does not';

type PlacedRule = { readonly rule: TrafficRule; readonly at: Node };

type Sections = { allow: readonly TrafficRule[]; deny: readonly TrafficRule[] };

/** One spec of a CiliumNetworkPolicy, or with namespace '' of a CiliumClusterwideNetworkPolicy. */
export function readCiliumRule(reader: NodeReader, spec: Node, namespace: string): PolicyRule {
  let subject: LabelSelector | undefined;
  let selectsNodes = false;
  let emptyAt: Node | undefined;
  const ingress: Sections = { allow: [], deny: [] };
  const egress: Sections = { allow: [], deny: [] };
  const items: PlacedRule[] = [];
  const defaultDeny: { ingress?: boolean; egress?: boolean } = {};
  // Who the policy is for has a bearing on what its rules mean, and may stand below them.
  const later: (() => void)[] = [];
  const rules = (direction: Direction, isDeny: boolean, value: Node): readonly TrafficRule[] => {
    const ofInit = subject !== undefined && selectsInit(subject);
    const read = reader.list(value, isDeny ? `${direction}Deny` : direction, (item) => ({
      rule: readTrafficRule(reader, item, { direction, namespace, isDeny, ofInit }),
      at: item,
    }));
    if (read.length === 0) emptyAt ??= value;
    items.push(...read);
    return read.map(({ rule }) => rule);
  };
  const select = (at: Node, selector: LabelSelector): void => {
    if (subject !== undefined) reader.problem(at, 'spec: only one of endpointSelector and nodeSelector');
    subject = selector;
  };
  reader.fields(spec, 'spec', {
    description: (value) => reader.text(value, 'description'),
    labels: ignored,
    log: ignored,
    nodeSelector: (value) => {
      if (namespace !== '') {
        reader.problem(value, 'nodeSelector: only a CiliumClusterwideNetworkPolicy selects nodes');
      }
      const { requirements } = ofSource(readSelector(reader, value, 'nodeSelector'), 'node');
      select(value, { requirements: [...requirements, IS_HOST] });
      selectsNodes = true;
    },
    endpointSelector: (value) => {
      select(value, readSelector(reader, value, 'endpointSelector'));
    },
    ingress: (value) => {
      later.push(() => (ingress.allow = rules('ingress', false, value)));
    },
    ingressDeny: (value) => {
      later.push(() => (ingress.deny = rules('ingress', true, value)));
    },
    egress: (value) => {
      later.push(() => (egress.allow = rules('egress', false, value)));
    },
    egressDeny: (value) => {
      later.push(() => (egress.deny = rules('egress', true, value)));
    },
    enableDefaultDeny: (value) => {
      reader.fields(value, 'enableDefaultDeny', {
        ingress: (flag) => {
          defaultDeny.ingress = reader.flag(flag, 'enableDefaultDeny.ingress');
        },
        egress: (flag) => {
          defaultDeny.egress = reader.flag(flag, 'enableDefaultDeny.egress');
        },
      });
    },
  });
  for (const read of later) read();
  if (subject === undefined) reader.problem(spec, 'spec.endpointSelector is missing');
  if (items.length === 0) reader.problem(emptyAt ?? spec, NO_RULE);
  if (selectsNodes) refuseHttp(reader, items);
  const selector = subject ?? { requirements: [] };
  return {
    subject: namespace === '' ? selector : inNamespace(selector, namespace),
    ingress: section(ingress, defaultDeny.ingress),
    egress: section(egress, defaultDeny.egress),
  };
}

/** Policies of nodes may ask of lookups what is looked up, of requests nothing. */
function refuseHttp(reader: NodeReader, items: readonly PlacedRule[]): void {
  for (const { rule, at } of items) {
    const asksHttp = rule.ports?.some(({ http }) => http !== undefined) ?? false;
    if (asksHttp) reader.problem(at, 'toPorts.rules: http is not for nodes');
  }
}

/** A direction with a rule is denied by default, also when that rule says nothing; an empty list is as good as none. */
function section({ allow, deny }: Sections, defaultDeny: boolean | undefined): RuleSection {
  return {
    defaultDeny: defaultDeny ?? allow.length + deny.length > 0,
    allow,
    deny,
  };
}
