// Whether a filter finds the flows that two others both find. Told from their lists, where each filter is fields that
// must all hold, and each field values any of which may. What cannot be told counts as no.

import { create, toJson } from '@bufbuild/protobuf';
import { compileFilters, compileFilterText } from '@finderscope/flow-query';
import { type Flow, FlowFilterSchema, FlowSchema } from '@finderscope/hubble-api';

/** Values by field. */
type Terms = ReadonlyMap<string, readonly string[]>;

/** `chosen` is what a choice asks for by itself: an end of it with a name or an address is no pod. */
export function isBoth(filter: string, own: string, chosen: string): boolean {
  const found = termsOf(filter);
  const before = termsOf(own);
  const asked = termsOf(chosen);
  if (found === undefined || before === undefined || asked === undefined) return false;
  const impliedBy = (narrow: Terms, any: readonly Terms[]): boolean =>
    any.some((wide) => implies(narrow, wide));
  return (
    found.every((terms) => impliedBy(terms, before) && impliedBy(terms, asked)) &&
    before.every((a) =>
      asked.every((b) => {
        const joined = isApart(a, b) ? undefined : join(a, b);
        return joined === undefined || impliedBy(joined, found);
      }),
    )
  );
}

/** Whether `wide` finds all that `narrow` finds: the same or any namespace, and a beginning of the name. */
export function covers(wide: string, narrow: string): boolean {
  const [wideNamespace = '', wideName = ''] = wide.split('/');
  const [namespace = '', name = ''] = narrow.split('/');
  return (wideNamespace === '' || wideNamespace === namespace) && name.startsWith(wideName);
}

/** Any of which may hold; undefined for a text that is no filter. */
function termsOf(text: string): readonly Terms[] | undefined {
  const lists = compileFilterText(text);
  if (!lists.ok) return undefined;
  const { allow } = lists.value;
  return allow.length === 0
    ? [new Map()]
    : allow.map((filter) => readTerms(toJson(FlowFilterSchema, filter)));
}

function readTerms(filter: unknown): Terms {
  const isPod = (field: string): boolean => field.endsWith('Pod');
  return new Map(
    Object.entries(filter ?? {}).map(([field, value]: [string, unknown]) => [
      field,
      (Array.isArray(value) ? value : [value])
        .map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)))
        .map((item) => (isPod(field) && !item.includes('/') ? `default/${item}` : item)),
    ]),
  );
}

function implies(narrow: Terms, wide: Terms): boolean {
  return [...wide].every(
    ([field, values]) =>
      narrow.get(field)?.every((value) => values.some((other) => isValueWithin(field, value, other))) ===
      true,
  );
}

/** Both hold; undefined when they exclude each other. */
function join(a: Terms, b: Terms): Terms | undefined {
  const joined = new Map([...a, ...b]);
  for (const [field, values] of a) {
    const others = b.get(field);
    if (others === undefined) continue;
    const inBoth = [
      ...values.filter((value) => others.some((other) => isValueWithin(field, value, other))),
      ...others.filter((value) => values.some((other) => isValueWithin(field, value, other))),
    ];
    if (inBoth.length === 0) return undefined;
    joined.set(field, inBoth);
  }
  return joined;
}

function isApart(own: Terms, chosen: Terms): boolean {
  return ['source', 'destination'].some(
    (end) => own.has(`${end}Pod`) && (chosen.has(`${end}Fqdn`) || chosen.has(`${end}Ip`)),
  );
}

function isValueWithin(field: string, narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  if (field.endsWith('Pod')) return covers(wide, narrow);
  // A pattern or a prefix: what it finds is the filter's own matter.
  const flow = /[*/]/.test(narrow) ? undefined : flowWith(field, narrow);
  const made = flow && compileFilterField(field, wide);
  return made !== undefined && flow !== undefined && made(flow);
}

function compileFilterField(field: string, value: string): ((flow: Flow) => boolean) | undefined {
  const made = compileFilters([create(FlowFilterSchema, { [field]: [value] })], []);
  return made.ok ? made.value : undefined;
}

function flowWith(field: string, value: string): Flow | undefined {
  switch (field) {
    case 'sourceFqdn':
      return create(FlowSchema, { sourceNames: [value] });
    case 'destinationFqdn':
      return create(FlowSchema, { destinationNames: [value] });
    case 'sourceIp':
      return create(FlowSchema, { IP: { source: value } });
    case 'destinationIp':
      return create(FlowSchema, { IP: { destination: value } });
    case 'nodeName':
      return create(FlowSchema, { nodeName: value });
    default:
      return undefined;
  }
}
