// The columns a flow is kept in: name, where it is on the wire, how it is kept. The decoder, the dictionaries and the
// table are derived from this list; a new column is one row here.
//
// Paths are field names as in proto/, starting in observer.GetFlowsResponse. Numbers and types come from the
// descriptors when the program is built, and a path that names nothing fails at start.
//
//   shape kinds   many small numbers of a flow, kept together: rows share the few combinations that occur
//     number      an integer, enum or bool field
//     presence    1 when the message was there
//     bits        a message of bools, bit = field number - 1
//     member      number of the field set in a oneof, 0 for none
//   dictionary kinds   equal bytes are kept once and named by an id, see store/byte-dictionary.ts
//     text        a string field
//     message     the bytes of a message
//     run         the bytes, with their tags, of all occurrences of repeated fields, in order
//   row kinds     kept per row
//
// The ids of a row are kept together too, in two tuples of which rows share the combinations that occur:
//
//   link    who and where: both ends, their names and addresses, the node
//   extra   what was said: summary, L7 texts, policies
//
// and a third tuple, the talk, is made of link, shape and the port served: what edges and most counts are made from.
//     port        the low 16 bits of a uint32, kept as value + 1; 0 when absent
//     real        an uint64 as float64
//     time        seconds and nanoseconds; the first path that was there counts
//     uuid        16 bytes when the text is a canonical UUID

export type Domain =
  | 'endpoint'
  | 'service'
  | 'ip'
  | 'names'
  | 'nodeName'
  | 'nodeLabels'
  | 'uuidText'
  | 'summary'
  | 'method'
  | 'url'
  | 'headers'
  | 'dnsQuery'
  | 'dnsSource'
  | 'dnsTypes'
  | 'kafkaKey'
  | 'kafkaTopic'
  | 'interface'
  | 'traceId'
  | 'ipTraceId'
  | 'ethernet'
  | 'policies';

export type ColumnSpec =
  | { readonly kind: 'number' | 'presence' | 'bits' | 'member'; readonly paths: readonly string[] }
  | {
      readonly kind: 'text' | 'message' | 'run';
      readonly tuple: 'link' | 'extra';
      readonly domain: Domain;
      readonly paths: readonly string[];
    }
  | { readonly kind: 'port' | 'real' | 'time' | 'uuid'; readonly paths: readonly string[] };

export const COLUMNS = {
  response: { kind: 'member', paths: ['response_types'] },
  hasTime: { kind: 'presence', paths: ['flow.time'] },
  verdict: { kind: 'number', paths: ['flow.verdict'] },
  dropReason: { kind: 'number', paths: ['flow.drop_reason'] },
  dropReasonDesc: { kind: 'number', paths: ['flow.drop_reason_desc'] },
  authType: { kind: 'number', paths: ['flow.auth_type'] },
  flowType: { kind: 'number', paths: ['flow.Type'] },
  hasEventType: { kind: 'presence', paths: ['flow.event_type'] },
  eventType: { kind: 'number', paths: ['flow.event_type.type'] },
  eventSubType: { kind: 'number', paths: ['flow.event_type.sub_type'] },
  trafficDirection: { kind: 'number', paths: ['flow.traffic_direction'] },
  policyMatchType: { kind: 'number', paths: ['flow.policy_match_type'] },
  traceObservationPoint: { kind: 'number', paths: ['flow.trace_observation_point'] },
  debugCapturePoint: { kind: 'number', paths: ['flow.debug_capture_point'] },
  sockXlatePoint: { kind: 'number', paths: ['flow.sock_xlate_point'] },
  hasReply: { kind: 'presence', paths: ['flow.is_reply'] },
  isReply: { kind: 'number', paths: ['flow.is_reply.value'] },
  hasIp: { kind: 'presence', paths: ['flow.IP'] },
  ipVersion: { kind: 'number', paths: ['flow.IP.ipVersion'] },
  encrypted: { kind: 'number', paths: ['flow.IP.encrypted'] },
  l4: { kind: 'member', paths: ['flow.l4.protocol'] },
  hasTcpFlags: { kind: 'presence', paths: ['flow.l4.TCP.flags'] },
  tcpFlags: { kind: 'bits', paths: ['flow.l4.TCP.flags'] },
  hasL7: { kind: 'presence', paths: ['flow.l7'] },
  l7: { kind: 'member', paths: ['flow.l7.record'] },
  l7Type: { kind: 'number', paths: ['flow.l7.type'] },
  httpCode: { kind: 'number', paths: ['flow.l7.http.code'] },
  dnsRcode: { kind: 'number', paths: ['flow.l7.dns.rcode'] },
  kafkaError: { kind: 'number', paths: ['flow.l7.kafka.error_code'] },

  source: { kind: 'message', tuple: 'link', domain: 'endpoint', paths: ['flow.source'] },
  destination: { kind: 'message', tuple: 'link', domain: 'endpoint', paths: ['flow.destination'] },
  sourceService: { kind: 'message', tuple: 'link', domain: 'service', paths: ['flow.source_service'] },
  destinationService: {
    kind: 'message',
    tuple: 'link',
    domain: 'service',
    paths: ['flow.destination_service'],
  },
  sourceIp: { kind: 'text', tuple: 'link', domain: 'ip', paths: ['flow.IP.source'] },
  destinationIp: { kind: 'text', tuple: 'link', domain: 'ip', paths: ['flow.IP.destination'] },
  xlatedIp: { kind: 'text', tuple: 'link', domain: 'ip', paths: ['flow.IP.source_xlated'] },
  sourceNames: { kind: 'run', tuple: 'link', domain: 'names', paths: ['flow.source_names'] },
  destinationNames: { kind: 'run', tuple: 'link', domain: 'names', paths: ['flow.destination_names'] },
  nodeName: { kind: 'text', tuple: 'link', domain: 'nodeName', paths: ['flow.node_name'] },
  nodeLabels: { kind: 'run', tuple: 'link', domain: 'nodeLabels', paths: ['flow.node_labels'] },
  interface: { kind: 'message', tuple: 'link', domain: 'interface', paths: ['flow.interface'] },
  ethernet: { kind: 'message', tuple: 'link', domain: 'ethernet', paths: ['flow.ethernet'] },
  uuidText: { kind: 'text', tuple: 'extra', domain: 'uuidText', paths: [] },
  summary: { kind: 'text', tuple: 'extra', domain: 'summary', paths: ['flow.Summary'] },
  httpMethod: { kind: 'text', tuple: 'extra', domain: 'method', paths: ['flow.l7.http.method'] },
  httpUrl: { kind: 'text', tuple: 'extra', domain: 'url', paths: ['flow.l7.http.url'] },
  httpHeaders: { kind: 'run', tuple: 'extra', domain: 'headers', paths: ['flow.l7.http.headers'] },
  dnsQuery: { kind: 'text', tuple: 'extra', domain: 'dnsQuery', paths: ['flow.l7.dns.query'] },
  dnsSource: { kind: 'text', tuple: 'extra', domain: 'dnsSource', paths: ['flow.l7.dns.observation_source'] },
  dnsTypes: { kind: 'run', tuple: 'extra', domain: 'dnsTypes', paths: ['flow.l7.dns.qtypes'] },
  kafkaKey: { kind: 'text', tuple: 'extra', domain: 'kafkaKey', paths: ['flow.l7.kafka.api_key'] },
  kafkaTopic: { kind: 'text', tuple: 'extra', domain: 'kafkaTopic', paths: ['flow.l7.kafka.topic'] },
  traceId: { kind: 'text', tuple: 'extra', domain: 'traceId', paths: ['flow.trace_context.parent.trace_id'] },
  ipTraceId: { kind: 'message', tuple: 'extra', domain: 'ipTraceId', paths: ['flow.ip_trace_id'] },
  policies: {
    kind: 'run',
    tuple: 'extra',
    domain: 'policies',
    paths: [
      'flow.egress_allowed_by',
      'flow.ingress_allowed_by',
      'flow.egress_denied_by',
      'flow.ingress_denied_by',
    ],
  },

  sourcePort: {
    kind: 'port',
    paths: ['flow.l4.TCP.source_port', 'flow.l4.UDP.source_port', 'flow.l4.SCTP.source_port'],
  },
  destinationPort: {
    kind: 'port',
    paths: ['flow.l4.TCP.destination_port', 'flow.l4.UDP.destination_port', 'flow.l4.SCTP.destination_port'],
  },
  latencyNs: { kind: 'real', paths: ['flow.l7.latency_ns'] },
  time: { kind: 'time', paths: ['flow.time', 'time'] },
  uuid: { kind: 'uuid', paths: ['flow.uuid'] },
} as const satisfies Record<string, ColumnSpec>;

type Columns = typeof COLUMNS;
type NamesOf<Kind> = {
  [Name in keyof Columns]: Columns[Name]['kind'] extends Kind ? Name : never;
}[keyof Columns];

export type ColumnName = keyof Columns;
export type ShapeName = NamesOf<'number' | 'presence' | 'bits' | 'member'>;
export type DictName = NamesOf<'text' | 'message' | 'run'>;
/** Dictionary columns of what was said. */
export type ExtraName = {
  [Name in keyof Columns]: Columns[Name] extends { readonly tuple: 'extra' } ? Name : never;
}[keyof Columns];
export type PortName = NamesOf<'port'>;

function namesOf<Name extends ColumnName>(...kinds: readonly ColumnSpec['kind'][]): readonly Name[] {
  const names = Object.keys(COLUMNS) as ColumnName[];
  return names.filter((name) => kinds.includes(COLUMNS[name].kind)) as Name[];
}

export const SHAPE_NAMES: readonly ShapeName[] = namesOf('number', 'presence', 'bits', 'member');
export const DICT_NAMES: readonly DictName[] = namesOf('text', 'message', 'run');
export const PORT_NAMES: readonly PortName[] = namesOf('port');

/** Place of a number in the shape tuple. */
export const SHAPE = Object.fromEntries(SHAPE_NAMES.map((name, i) => [name, i])) as Readonly<
  Record<ShapeName, number>
>;
/** Place of a dictionary column among the dictionary columns: those of the link first, then those of the extra. */
export const DICT = Object.fromEntries(DICT_NAMES.map((name, i) => [name, i])) as Readonly<
  Record<DictName, number>
>;
/** How many of them belong to the link. */
export const LINK_WIDTH = DICT_NAMES.filter((name) => COLUMNS[name].tuple === 'link').length;
export const EXTRA_WIDTH = DICT_NAMES.length - LINK_WIDTH;

/** Places in a talk: what tells talks apart are the numbers of the link, the shape and the port; the link's id follows. */
export const TALK = { shape: LINK_WIDTH, port: LINK_WIDTH + 1, link: LINK_WIDTH + 2 } as const;
export const TALK_KEY_WIDTH = LINK_WIDTH + 2;
export const TALK_WIDTH = LINK_WIDTH + 3;

/** Places of the uint32 columns of a row. */
export const CELL = {
  link: 0,
  extra: 1,
  shape: 2,
  talk: 3,
  sourcePort: 4,
  destinationPort: 5,
  timeNanos: 6,
  uuid0: 7,
  uuid1: 8,
  uuid2: 9,
  uuid3: 10,
  rawLength: 11,
} as const satisfies Record<string, number>;
export const CELL_COUNT = Object.keys(CELL).length;

/** Places of the float64 columns of a row. */
export const REAL = { timeSeconds: 0, latencyNs: 1, rawAt: 2 } as const;
export const REAL_COUNT = 3;

/** Dictionary ids that mean the same everywhere. Tuples have no such ids: every row has one of each. */
export const ABSENT = 0;
export const EMPTY = 1;
