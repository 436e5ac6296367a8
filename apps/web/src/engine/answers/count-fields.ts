// The fields that flows are counted by: those of the filter language that have values, and a few that only count.

import { defined } from '@finderscope/base';
import { dnsRcodeName, dnsRcodeOfExpression, type EndpointPart, enumName } from '@finderscope/flow-query';
import {
  entryField,
  type FlowStore,
  type KeyedField,
  keyedField,
  L7_NAMES,
  servedPortField,
  shapeField,
  ValueTotals,
} from '@finderscope/flow-store';
import { FlowTypeSchema, L7FlowType, L7FlowTypeSchema } from '@finderscope/hubble-api';
import { valueField } from './value-fields.ts';

/** How the values of a field are found. */
export type CountField = {
  /** Key of the filter language whose tokens choose among the values; undefined when none does. */
  readonly key: string | undefined;
  /** The value that a token's value asks for, where the language writes it in another way; undefined for none. */
  readonly askedBy?: ((tokenValue: string) => string | undefined) | undefined;
  /** The field that counts what tokens can ask for besides the values, in the words of the tokens. */
  readonly alsoBy?: string | undefined;
  /** 'ports': of either end. */
  readonly by:
    | { readonly kind: 'cell'; readonly totals: ValueTotals; readonly cell: number }
    | { readonly kind: 'ports' };
};

const RESPONSE_CODES = 100;

/** The fields of one store. What is learned about their values is kept for as long as the store. */
export class CountFields {
  readonly #store: FlowStore;
  readonly #fields = new Map<string, CountField | undefined>();
  readonly #single = new Map<string, KeyedField | undefined>();

  constructor(store: FlowStore) {
    this.#store = store;
  }

  /** undefined for a name that is no field. */
  get(name: string): CountField | undefined {
    if (!this.#fields.has(name)) this.#fields.set(name, this.#make(name));
    return this.#fields.get(name);
  }

  /** The same as a field of which a flow has one value where it can, for stacks and groups. */
  single(name: string): KeyedField | undefined {
    if (!this.#single.has(name)) this.#single.set(name, this.#makeSingle(name));
    return this.#single.get(name);
  }

  #make(name: string): CountField | undefined {
    if (name === 'port') return { key: name, by: { kind: 'ports' } };
    const own = ownField(this.#store, name);
    const known = valueField(name);
    const field = own?.field ?? (known && keyedField(this.#store, known));
    if (field === undefined) return undefined;
    const by = { kind: 'cell', totals: new ValueTotals(field), cell: field.cell } as const;
    return { key: own === undefined ? name : own.key, askedBy: own?.askedBy, alsoBy: own?.alsoBy, by };
  }

  #makeSingle(name: string): KeyedField | undefined {
    const own = ownField(this.#store, name);
    if (own !== undefined) return own.field;
    const known = valueField(name);
    const field = known && keyedField(this.#store, known);
    if (field === undefined) return undefined;
    if (name === 'type') return { ...field, valuesOf: (key) => field.valuesOf(key).slice(0, 1) };
    if (name === 'protocol') return { ...field, valuesOf: (key) => field.valuesOf(key).slice(-1) };
    return field;
  }
}

type OwnField = Pick<CountField, 'key' | 'askedBy' | 'alsoBy'> & { readonly field: KeyedField };

/** Fields that are no keys of the language. */
function ownField(store: FlowStore, name: string): OwnField | undefined {
  switch (name) {
    case 'http-class':
      return {
        key: 'http-status',
        field: shapeField(store, (get) => {
          const code = get('httpCode') >>> 0;
          return code < RESPONSE_CODES || code > 999 ? [] : [`${Math.floor(code / 100)}+`];
        }),
      };
    case 'workload-name':
      return workloadField(store, ({ name }) => [name], 'workload-words');
    case 'workload-words':
      return workloadField(store, ({ name, kind }) => [name, `${kind}/`, `${kind}/${name}`]);
    case 'dns-rcode':
      return {
        key: 'cel-expression',
        askedBy: rcodeAskedFor,
        field: shapeField(store, (get) =>
          L7_NAMES.get(get('l7')) === 'dns' && get('l7Type') === L7FlowType.RESPONSE
            ? [dnsRcodeName(get('dnsRcode') >>> 0)]
            : [],
        ),
      };
    case 'flow-type':
      return {
        key: undefined,
        field: shapeField(store, (get) => [enumName(FlowTypeSchema, get('flowType'))]),
      };
    case 'l7-type':
      return {
        key: undefined,
        field: shapeField(store, (get) =>
          get('hasL7') === 1 ? [enumName(L7FlowTypeSchema, get('l7Type')).toLowerCase()] : [],
        ),
      };
    case 'policy':
      return {
        key: undefined,
        field: entryField(store, 'policies', (policies) =>
          policies
            .filter(({ name }) => name !== '')
            .map(({ name, namespace }) => (namespace === '' ? name : `${namespace}/${name}`)),
        ),
      };
    case 'served-port':
      return { key: undefined, field: servedPortField(store, 'ephemeral') };
    default:
      return undefined;
  }
}

/** Of both ends: a flow between two workloads of one name has that name once. */
function workloadField(
  store: FlowStore,
  wordsOf: (workload: EndpointPart['workloads'][number]) => readonly string[],
  alsoBy?: string,
): OwnField {
  const of = (end: EndpointPart | undefined): readonly string[] =>
    (end?.workloads ?? []).flatMap(wordsOf).filter((word) => word !== '' && word !== '/');
  const field = keyedField(store, {
    reads: [
      { part: 'endpoint', side: 'source' },
      { part: 'endpoint', side: 'destination' },
    ],
    valuesOf: (source: EndpointPart | undefined, destination: EndpointPart | undefined) => [
      ...of(source),
      ...of(destination),
    ],
  });
  return { key: 'workload', alsoBy, field: defined(field, 'both ends are in one cell') };
}

function rcodeAskedFor(expression: string): string | undefined {
  const rcode = dnsRcodeOfExpression(expression);
  return rcode === undefined ? undefined : dnsRcodeName(rcode);
}
