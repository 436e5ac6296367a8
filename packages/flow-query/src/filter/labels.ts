// source_label, destination_label, node_labels: selectors over labels written `source:key=value`.
//
// A label is matched where it stands in its string, so that a test allocates only when it compares a value. The first
// label whose key fits gives the value.

import { err, ok, type Result } from '@finderscope/base';
import { parsePrefix, prefixContains, type Prefix } from './address.ts';
import { bothSides, compileAll, defineRule } from './define-rule.ts';
import { parseInt64, parseSelector, type Requirement } from './label-selector.ts';
import type { FilterRule } from './rule.ts';

type LabelsTest = (labels: readonly string[]) => boolean;

type WantedKey = {
  /** undefined accepts every source. */
  readonly source: string | undefined;
  readonly key: string;
  /** Set for source `cidr`: labels match by lying inside. `undefined` there matches nothing. */
  readonly prefix: Prefix | undefined;
};

const RESERVED = 'reserved';
const RESERVED_DOT = 'reserved.';

/** `10.0.0.0/8` of a cidr label; dashes stand for the colons of IPv6. */
function cidrPrefix(key: string): Prefix | undefined {
  const prefix = parsePrefix(key.replaceAll('-', ':'));
  return prefix.ok ? prefix.value : undefined;
}

function wantedKey(selectorKey: string): WantedKey {
  const dot = selectorKey.indexOf('.');
  const named = dot < 0 ? '' : selectorKey.slice(0, dot);
  const source = named === '' || named === 'unspec' ? 'any' : named;
  const key = dot < 0 ? selectorKey : selectorKey.slice(dot + 1);
  return {
    source: source === 'any' ? undefined : source,
    key,
    prefix: source === 'cidr' ? cidrPrefix(key) : undefined,
  };
}

/**
 * Where the value of a fitting label starts: after its `=`, at the end of the text when it has none; -1 when the
 * label does not fit.
 */
function valueStart(label: string, wanted: WantedKey): number {
  let keyAt = 0;
  let source = 'unspec';
  if (label.startsWith('$')) {
    keyAt = 1;
    source = RESERVED;
  } else {
    const colon = label.indexOf(':');
    if (colon > 0) {
      if (
        wanted.source !== undefined &&
        !(colon === wanted.source.length && label.startsWith(wanted.source))
      ) {
        return -1;
      }
      source = wanted.source ?? (label.startsWith('reserved:') ? RESERVED : '');
      keyAt = colon + 1;
    } else if (colon === 0) keyAt = 1;
    else if (label.startsWith(RESERVED_DOT)) {
      keyAt = RESERVED_DOT.length;
      source = RESERVED;
    }
  }
  if (wanted.source !== undefined && source !== wanted.source) return -1;
  const equals = label.indexOf('=', keyAt);
  if (equals === keyAt && source === RESERVED) {
    // `reserved:=x` is read as the key `x` without a value.
    return label.slice(keyAt + 1) === wanted.key ? label.length : -1;
  }
  const keyEnd = equals < 0 ? label.length : equals;
  if (wanted.source === 'cidr') {
    const inner = wanted.prefix && cidrPrefix(label.slice(keyAt, keyEnd));
    if (wanted.prefix === undefined || inner === undefined || !prefixContains(wanted.prefix, inner))
      return -1;
  } else if (keyEnd - keyAt !== wanted.key.length || !label.startsWith(wanted.key, keyAt)) return -1;
  return equals < 0 ? label.length : equals + 1;
}

/** Value of the first fitting label; undefined when there is none. */
function lookup(labels: readonly string[], wanted: WantedKey): string | undefined {
  for (const label of labels) {
    const start = valueStart(label, wanted);
    if (start >= 0) return label.slice(start);
  }
  return undefined;
}

function compileRequirement({ key, operator, values }: Requirement): LabelsTest {
  const wanted = wantedKey(key);
  switch (operator) {
    case 'exists':
      return (labels) => lookup(labels, wanted) !== undefined;
    case '!':
      return (labels) => lookup(labels, wanted) === undefined;
    case 'in':
    case '=':
    case '==':
      return (labels) => {
        const value = lookup(labels, wanted);
        return value !== undefined && values.includes(value);
      };
    case 'notin':
    case '!=':
      return (labels) => {
        const value = lookup(labels, wanted);
        return value === undefined || !values.includes(value);
      };
    case 'gt':
    case 'lt': {
      const limit = parseInt64(values[0] ?? '');
      return (labels) => {
        const value = parseInt64(lookup(labels, wanted) ?? '');
        if (value === undefined || limit === undefined) return false;
        return operator === 'gt' ? value > limit : value < limit;
      };
    }
  }
}

/** A selector such as `k8s:app=web, !env, tier in (a,b)`; a comma means and. */
export function compileLabelSelector(value: string): Result<LabelsTest, string> {
  const requirements = parseSelector(value);
  if (!requirements.ok) return requirements;
  const tests = requirements.value.map(compileRequirement);
  return ok((labels) => {
    for (const test of tests) if (!test(labels)) return false;
    return true;
  });
}

function anySelector(what: string, values: readonly string[]): Result<LabelsTest, string> {
  const tests = compileAll(values, compileLabelSelector);
  if (!tests.ok) return err(`invalid ${what} label filter: ${tests.error}`);
  return ok((labels) => {
    for (const test of tests.value) if (test(labels)) return true;
    return false;
  });
}

const NO_LABELS: readonly string[] = [];

export const LABEL_RULES: readonly FilterRule[] = [
  ...bothSides((side) =>
    defineRule({
      field: side === 'source' ? 'sourceLabel' : 'destinationLabel',
      reads: [{ part: 'endpoint', side }],
      values: (filter) => (side === 'source' ? filter.sourceLabel : filter.destinationLabel),
      compile: (values) => {
        const test = anySelector(side, values);
        // Without an endpoint there are no labels, which `!app` and the empty selector still match.
        return test.ok ? ok((endpoint) => test.value(endpoint?.labels ?? NO_LABELS)) : test;
      },
    }),
  ),
  defineRule({
    field: 'nodeLabels',
    reads: [{ part: 'nodeLabels' }],
    values: (filter) => filter.nodeLabels,
    compile: (values) => anySelector('node', values),
  }),
];
