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
import { inNamespace, ofSource, readSelector } from './selector.ts';
import { readTrafficRule } from './traffic-rule.ts';

const IS_HOST: LabelRequirement = { source: 'reserved', key: 'host', operator: 'Exists', values: [] };

type Sections = { allow: readonly TrafficRule[] | undefined; deny: readonly TrafficRule[] | undefined };

/** One spec of a CiliumNetworkPolicy, or with namespace '' of a CiliumClusterwideNetworkPolicy. */
export function readCiliumRule(reader: NodeReader, spec: Node, namespace: string): PolicyRule {
  let subject: LabelSelector | undefined;
  const ingress: Sections = { allow: undefined, deny: undefined };
  const egress: Sections = { allow: undefined, deny: undefined };
  const defaultDeny: { ingress?: boolean; egress?: boolean } = {};
  const rules = (direction: Direction, isDeny: boolean) => (value: Node) =>
    reader.list(value, isDeny ? `${direction}Deny` : direction, (item) =>
      readTrafficRule(reader, item, { direction, namespace, isDeny }),
    );
  reader.fields(spec, 'spec', {
    description: (value) => reader.text(value, 'description'),
    labels: ignored,
    log: ignored,
    nodeSelector: (value) => {
      if (namespace !== '') {
        reader.problem(value, 'nodeSelector: only a CiliumClusterwideNetworkPolicy selects nodes');
      }
      const { requirements } = ofSource(readSelector(reader, value, 'nodeSelector'), 'node');
      subject = { requirements: [...requirements, IS_HOST] };
    },
    endpointSelector: (value) => {
      subject = readSelector(reader, value, 'endpointSelector');
    },
    ingress: (value) => {
      ingress.allow = rules('ingress', false)(value);
    },
    ingressDeny: (value) => {
      ingress.deny = rules('ingress', true)(value);
    },
    egress: (value) => {
      egress.allow = rules('egress', false)(value);
    },
    egressDeny: (value) => {
      egress.deny = rules('egress', true)(value);
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
  if (subject === undefined) reader.problem(spec, 'spec.endpointSelector is missing');
  const selector = subject ?? { requirements: [] };
  return {
    subject: namespace === '' ? selector : inNamespace(selector, namespace),
    ingress: section(ingress, defaultDeny.ingress),
    egress: section(egress, defaultDeny.egress),
  };
}

/** A direction that the rule speaks of is denied by default, also when it says nothing more. */
function section({ allow, deny }: Sections, defaultDeny: boolean | undefined): RuleSection {
  return {
    defaultDeny: defaultDeny ?? (allow !== undefined || deny !== undefined),
    allow: allow ?? [],
    deny: deny ?? [],
  };
}
