// The table of facets, in the order of the rail. Counts come by filter field; whatever the fields of the engine say
// beyond what a facet shows is folded here.

import { dnsRcodeExpression, dnsRcodeName, dnsRcodeOf, dnsRcodeOfExpression } from '@finderscope/flow-query';

/** What a value of the field becomes in the rail: a value to filter by, and what is written. */
export type FoldedValue = { readonly value: string; readonly label: string };

export type FacetDef = {
  /** Under which settings remember that it is open. */
  readonly id: string;
  readonly title: string;
  /** What is to be known of its counts, shown to the pointer. */
  readonly about?: string;
  /** Key of the filter language. */
  readonly field: string;
  /** The field of the engine that it is counted by, where that is not the key. */
  readonly countBy?: string;
  /** Which values of the key are its own; all when left out. */
  readonly owns?: (value: string) => boolean;
  /** How its rows look: verdicts have glyph and colour, drop reasons the colour of a drop. */
  readonly look: 'verdict' | 'drop' | 'plain';
  /** Open until a person closes it. */
  readonly open: boolean;
  /** Values that have a row whatever is seen, in this order, before all others. */
  readonly always?: readonly string[];
  /** Several values of the field can become one row; undefined: the value has none. Identity when left out. */
  readonly fold?: (value: string) => FoldedValue | undefined;
};

export const FACETS: readonly FacetDef[] = [
  {
    id: 'verdict',
    title: 'Verdict',
    field: 'verdict',
    look: 'verdict',
    open: true,
    always: ['FORWARDED', 'DROPPED', 'REDIRECTED', 'AUDIT', 'ERROR', 'TRACED', 'TRANSLATED'],
  },
  { id: 'drop-reason', title: 'Drop reason', field: 'drop-reason-desc', look: 'drop', open: true },
  { id: 'namespace', title: 'Namespace', field: 'namespace', look: 'plain', open: true },
  {
    id: 'workload',
    title: 'Workload',
    about:
      'Hubble names the workload of a pod only on the node of the pod. Flows that another node saw are found by pod, as a click on the map does.',
    field: 'workload',
    // By name alone, of whatever kind: what a person types.
    countBy: 'workload-name',
    look: 'plain',
    open: true,
  },
  { id: 'type', title: 'Type', field: 'type', look: 'plain', open: true, fold: foldType },
  {
    id: 'direction',
    title: 'Direction',
    field: 'traffic-direction',
    look: 'plain',
    open: false,
    fold: foldUpper,
  },
  { id: 'protocol', title: 'Protocol', field: 'protocol', look: 'plain', open: false },
  { id: 'port', title: 'Port', field: 'port', look: 'plain', open: false },
  { id: 'node', title: 'Node', field: 'node-name', look: 'plain', open: false },
  {
    id: 'http-status',
    title: 'HTTP status',
    field: 'http-status',
    look: 'plain',
    open: false,
    fold: foldStatus,
  },
  {
    id: 'dns-rcode',
    title: 'DNS answer',
    field: 'cel-expression',
    countBy: 'dns-rcode',
    owns: (value) => dnsRcodeOfExpression(value) !== undefined,
    look: 'plain',
    open: false,
    fold: foldRcode,
  },
];

/** Under which name the engine counts a facet. */
export function countedBy({ field, countBy }: FacetDef): string {
  return countBy ?? field;
}

/** `NXDOMAIN`, or the expression that asks for it: Hubble has no filter of its own for response codes. */
function foldRcode(value: string): FoldedValue | undefined {
  const rcode = dnsRcodeOf(value) ?? dnsRcodeOfExpression(value);
  return rcode === undefined ? undefined : { value: dnsRcodeExpression(rcode), label: dnsRcodeName(rcode) };
}

/** `trace:to-endpoint` is counted under `trace` already. */
function foldType(value: string): FoldedValue | undefined {
  return value.includes(':') ? undefined : { value, label: value };
}

function foldUpper(value: string): FoldedValue {
  return { value: value.toUpperCase(), label: value.toUpperCase() };
}

/** The class of a status code: `404` is in `4+`, written `4xx`. */
function foldStatus(value: string): FoldedValue | undefined {
  return /^[1-5]\d\d$/.test(value)
    ? { value: `${value.charAt(0)}+`, label: `${value.charAt(0)}xx` }
    : undefined;
}
