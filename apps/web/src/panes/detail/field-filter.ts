// Which filter a field's value stands for: "source.pod_name" of a flow is from-pod:namespace/name.
//
// Paths are proto names joined by dots, list elements without their index. Fields that no filter can ask for are
// absent, and their values then offer copy only.

import type { Flow } from '@finderscope/hubble-api';
import { filterForValue, type ValueFilter } from '../../filter-bar/value-filter.ts';
import type { EndSide } from '../../explain/end-name.ts';

type Maker = (value: string, flow: Flow) => ValueFilter | undefined;

/** Field of the language taking the value as it is written, where it has a word for it. */
function verbatim(field: string): Maker {
  return (value) => filterForValue(field, value);
}

function sided(side: EndSide): readonly (readonly [string, Maker])[] {
  const prefix = side === 'source' ? 'from' : 'to';
  const endpoint = (flow: Flow) => (side === 'source' ? flow.source : flow.destination);
  const l4 = (protocol: string): readonly [string, Maker] => [
    `l4.${protocol}.${side}_port`,
    verbatim(`${prefix}-port`),
  ];
  return [
    [`${side}.identity`, verbatim(`${prefix}-identity`)],
    [`${side}.namespace`, verbatim(`${prefix}-namespace`)],
    [`${side}.labels`, verbatim(`${prefix}-label`)],
    [`${side}.cluster_name`, verbatim(`${prefix}-cluster`)],
    [
      `${side}.pod_name`,
      (value, flow) => ({ field: `${prefix}-pod`, value: `${endpoint(flow)?.namespace ?? ''}/${value}` }),
    ],
    [`${side}.workloads.name`, verbatim(`${prefix}-workload`)],
    [`IP.${side}`, verbatim(`${prefix}-ip`)],
    [`${side}_names`, verbatim(`${prefix}-fqdn`)],
    [
      `${side}_service.name`,
      (value, flow) => {
        const service = side === 'source' ? flow.sourceService : flow.destinationService;
        return { field: `${prefix}-service`, value: `${service?.namespace ?? ''}/${value}` };
      },
    ],
    l4('TCP'),
    l4('UDP'),
    l4('SCTP'),
  ];
}

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ...sided('source'),
  ...sided('destination'),
  ['verdict', verbatim('verdict')],
  ['drop_reason_desc', verbatim('drop-reason-desc')],
  ['traffic_direction', verbatim('traffic-direction')],
  ['node_name', verbatim('node-name')],
  ['node_labels', verbatim('node-label')],
  ['uuid', verbatim('uuid')],
  ['is_reply', verbatim('reply')],
  ['IP.source_xlated', verbatim('snat-ip')],
  ['IP.encrypted', verbatim('encrypted')],
  [
    'IP.ipVersion',
    (value) =>
      value === 'IPv4' || value === 'IPv6' ? { field: 'ip-version', value: value.slice(2) } : undefined,
  ],
  ['interface.name', verbatim('interface')],
  ['trace_context.parent.trace_id', verbatim('trace-id')],
  ['ip_trace_id.trace_id', verbatim('ip-trace-id')],
  ['l7.http.code', verbatim('http-status')],
  ['l7.http.method', verbatim('http-method')],
  ['l7.http.url', (value) => ({ field: 'http-url', value: urlExpression(value) })],
  ['l7.dns.query', (value) => ({ field: 'dns-query', value: `^${escapeExpression(value)}$` })],
] as const satisfies readonly (readonly [string, Maker])[]);

/** The filter for one value of a flow's field, undefined when no filter asks for that field. */
export function filterForField(path: string, value: string, flow: Flow): ValueFilter | undefined {
  return MAKERS.get(path)?.(value, flow);
}

const USER_INFO = /^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/?#]*@/i;

/** This URL with any query and any user: a filter stands in the address of the page, and these may be secrets. */
function urlExpression(url: string): string {
  const [user = '', scheme = ''] = USER_INFO.exec(url) ?? [];
  const mark = url.search(/[?#]/);
  const place = url.slice(user.length, mark < 0 ? undefined : mark);
  const start = user === '' ? '' : `${escapeExpression(scheme)}[^/?#]*@`;
  return `^${start}${escapeExpression(place)}${mark < 0 ? '' : '[?#].*'}$`;
}

/** Makes a text match itself in an RE2 expression. */
export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
