// Labels of the ends and of the node: Kubernetes label selectors.

import { compileLabelSelector } from '../filter/labels.ts';
import { compiled, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

const checkSelector = compiled(
  compileLabelSelector,
  (value, reason) =>
    `${shown(value)} is not a label selector: ${reason}. Write key=value, key, !key or "key in (a,b)", with commas for and.`,
);

export const LABEL_FIELD: FieldDef = {
  name: 'label',
  aliases: [],
  sides: 'either',
  short: 'l',
  hasFlag: true,
  doc: 'Label selector on an end; a comma means and, a source such as k8s: or reserved: may stand before the key.',
  examples: ['label:app=cart', 'label:reserved:world', 'from-label:"tier in (web,api)"'],
  check: checkSelector,
  effect: textList((filter, side) => (side === 'source' ? filter.sourceLabel : filter.destinationLabel)),
};

export const NODE_LABEL_FIELD: FieldDef = {
  name: 'node-label',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  since: '1.16',
  doc: 'Label selector on the node that saw the flow.',
  examples: ['node-label:topology.kubernetes.io/zone=eu-1a'],
  check: checkSelector,
  effect: textList((filter) => filter.nodeLabels),
};
