// Matching of label selectors against labels as flows carry them: `source:key=value`.

import type { LabelRequirement, LabelSelector } from '../model/policy.ts';

export type Label = { readonly source: string; readonly key: string; readonly value: string };

export function parseLabel(text: string): Label {
  const colon = text.indexOf(':');
  const equals = text.indexOf('=');
  const hasSource = colon >= 0 && (equals < 0 || colon < equals);
  const rest = hasSource ? text.slice(colon + 1) : text;
  const split = rest.indexOf('=');
  return {
    source: hasSource ? text.slice(0, colon) : 'unspec',
    key: split < 0 ? rest : rest.slice(0, split),
    value: split < 0 ? '' : rest.slice(split + 1),
  };
}

export function selects(selector: LabelSelector, labels: readonly Label[]): boolean {
  return selector.requirements.every((requirement) => holds(requirement, labels));
}

function holds(requirement: LabelRequirement, labels: readonly Label[]): boolean {
  const { source, key, operator, values } = requirement;
  const label = labels.find(
    (candidate) => candidate.key === key && (source === '' || candidate.source === source),
  );
  switch (operator) {
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'In':
      return label !== undefined && values.includes(label.value);
    case 'NotIn':
      return label === undefined || !values.includes(label.value);
  }
}
