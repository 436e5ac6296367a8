// Every field a flow holds, in groups, ready for the detail panel.
//
// Walks the message by its descriptor, so nothing is listed by hand and nothing can be forgotten: a field that no
// group claims lands in "Other", an enum number without a name is shown as that number, and fields this build's
// proto does not know are shown by their number and raw value.
//
//   group "From"   path "source.labels"   label "labels"   values ["k8s:org=alliance", ...]

import type { DescEnum, DescField, DescMessage, Message } from '@bufbuild/protobuf';
import { reflect, type ReflectMessage } from '@bufbuild/protobuf/reflect';
import { FlowSchema, type Flow } from '@finderscope/hubble-api';
import type { ValueFilter } from '../../filter-bar/value-filter.ts';
import { filterForField } from './field-filter.ts';

export type FieldValue = {
  readonly text: string;
  /** undefined when no filter can ask for it. */
  readonly filter: ValueFilter | undefined;
};

export type FieldLine = {
  /** Proto names joined by dots: "l7.http.headers". */
  readonly path: string;
  /** The path without what the group's title already says. */
  readonly label: string;
  readonly values: readonly FieldValue[];
};

export type FieldGroup = { readonly title: string; readonly lines: readonly FieldLine[] };

const GROUPS: readonly { readonly title: string; readonly fields: readonly string[] }[] = [
  {
    title: 'Verdict',
    fields: [
      'verdict',
      'drop_reason_desc',
      'drop_reason',
      'ext_error',
      'ext_drop_reason_desc',
      'traffic_direction',
      'policy_match_type',
      'ingress_allowed_by',
      'egress_allowed_by',
      'ingress_denied_by',
      'egress_denied_by',
      'policy_log',
      'auth_type',
      'proxy_port',
      'is_reply',
      'reply',
      'Summary',
    ],
  },
  { title: 'From', fields: ['source', 'source_names', 'source_service'] },
  { title: 'To', fields: ['destination', 'destination_names', 'destination_service'] },
  { title: 'Packet', fields: ['ethernet', 'IP', 'l4', 'tunnel', 'interface', 'ip_trace_id'] },
  { title: 'Layer 7', fields: ['l7', 'trace_context'] },
  {
    title: 'Event',
    fields: [
      'time',
      'uuid',
      'Type',
      'event_type',
      'trace_observation_point',
      'trace_reason',
      'debug_capture_point',
      'sock_xlate_point',
      'socket_cookie',
      'cgroup_id',
      'file',
      'aggregate',
      'emitter',
      'node_name',
      'node_labels',
    ],
  },
];

/** Groups in reading order, without empty ones. */
export function flowFields(flow: Flow): readonly FieldGroup[] {
  const lines = collectLines(reflect(FlowSchema, flow), '', flow);
  const rest = new Set(lines);
  const groups = GROUPS.map(({ title, fields }) => {
    const mine = fields.flatMap((field) => lines.filter((line) => line.path.split('.', 1)[0] === field));
    for (const line of mine) rest.delete(line);
    return { title, lines: mine.map((line) => ({ ...line, label: labelIn(title, line.path) })) };
  });
  return [...groups, { title: 'Other', lines: [...rest] }].filter((group) => group.lines.length > 0);
}

/** How many fields are set: "All 41 fields". */
export function countFields(groups: readonly FieldGroup[]): number {
  return groups.reduce((sum, group) => sum + group.lines.length, 0);
}

function labelIn(title: string, path: string): string {
  const prefix = title === 'From' ? 'source.' : title === 'To' ? 'destination.' : '';
  return prefix !== '' && path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function collectLines(message: ReflectMessage, prefix: string, flow: Flow): FieldLine[] {
  const lines: FieldLine[] = [];
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    lines.push(...fieldLines(message, field, `${prefix}${field.name}`, flow));
  }
  for (const unknown of message.getUnknown() ?? []) {
    const path = `${prefix}${String(unknown.no)}`;
    lines.push({
      path,
      label: path,
      values: [{ text: unknownText(unknown.wireType, unknown.data), filter: undefined }],
    });
  }
  return lines;
}

function fieldLines(message: ReflectMessage, field: DescField, path: string, flow: Flow): FieldLine[] {
  switch (field.fieldKind) {
    case 'message': {
      const value = message.get(field);
      const whole = wholeText(field.message, value.message);
      if (whole !== undefined) return [line(path, [whole], flow)];
      const inner = collectLines(value, `${path}.`, flow);
      // A message without fields still says something: an ICMP with type 0 and code 0.
      return inner.length > 0 ? inner : [line(path, ['set'], flow)];
    }
    case 'list': {
      if (field.listKind !== 'message') {
        const texts = [...message.get(field)].map((item) => scalarText(item, field.enum));
        return [line(path, texts, flow)];
      }
      return [
        line(
          path,
          [...message.get(field)].map((item) => messageText(item)),
          flow,
          elementPath(path),
        ),
      ];
    }
    case 'map':
      return [
        line(
          path,
          [...message.get(field).entries()].map(([key, value]) => `${String(key)}=${String(value)}`),
          flow,
        ),
      ];
    case 'enum':
      return [line(path, [scalarText(message.get(field), field.enum)], flow)];
    case 'scalar':
      return [line(path, [scalarText(message.get(field), undefined)], flow)];
  }
}

/** Workloads are filtered by their name alone. */
function elementPath(path: string): string {
  return path.endsWith('.workloads') ? `${path}.name` : path;
}

function line(path: string, texts: readonly string[], flow: Flow, filterPath: string = path): FieldLine {
  return {
    path,
    label: path,
    values: texts.map((text) => ({
      text,
      filter: filterForField(filterPath, filterValue(path, text), flow),
    })),
  };
}

/** "deathstar (Deployment)" asks for Deployment/deathstar. */
function filterValue(path: string, text: string): string {
  const workload = path.endsWith('.workloads') ? /^(.*) \((.*)\)$/.exec(text) : null;
  return workload === null ? text : `${workload[2] ?? ''}/${workload[1] ?? ''}`;
}

/** Messages that read as one value: timestamps and wrappers. */
function wholeText(desc: DescMessage, message: Message): string | undefined {
  switch (desc.typeName) {
    case 'google.protobuf.Timestamp': {
      const { seconds, nanos } = fieldsOf(message);
      return timestampText(BigInt(Number(seconds ?? 0)), Number(nanos ?? 0));
    }
    case 'google.protobuf.BoolValue':
    case 'google.protobuf.Int32Value':
    case 'google.protobuf.UInt32Value':
      return String(fieldsOf(message)['value']);
    case 'google.protobuf.Any':
      return String(fieldsOf(message)['typeUrl']);
    default:
      return undefined;
  }
}

function fieldsOf(message: Message): Record<string, unknown> {
  return { ...message };
}

/** RFC 3339 with nanoseconds, UTC; seconds and nanos as they are when no calendar date holds them. */
function timestampText(seconds: bigint, nanos: number): string {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `${String(seconds)} s ${String(nanos)} ns`;
  return `${date.toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`;
}

/** One element of a message list on one line. */
function messageText(item: unknown): string {
  if (!isReflect(item)) return String(item);
  const fields = new Map(
    item.fields.filter((field) => item.isSet(field)).map((field) => [field.name, inlineText(item, field)]),
  );
  const name = fields.get('name');
  const kind = fields.get('kind');
  const key = fields.get('key');
  if (item.desc.name === 'Workload' && name !== undefined && kind !== undefined) return `${name} (${kind})`;
  if (item.desc.name === 'HTTPHeader') return `${key ?? ''}: ${fields.get('value') ?? ''}`;
  return [...fields].map(([field, text]) => `${field} ${text}`).join(', ');
}

function inlineText(message: ReflectMessage, field: DescField): string {
  const value: unknown = message.get(field);
  if (field.fieldKind === 'list') {
    const items: unknown[] = isIterable(value) ? [...value] : [];
    return `[${items.map((item) => (isReflect(item) ? messageText(item) : scalarText(item, field.enum))).join(' ')}]`;
  }
  if (isReflect(value)) return `{${messageText(value)}}`;
  return scalarText(value, field.fieldKind === 'enum' ? field.enum : undefined);
}

function isReflect(value: unknown): value is ReflectMessage {
  return typeof value === 'object' && value !== null && 'desc' in value && 'fields' in value;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function scalarText(value: unknown, desc: DescEnum | undefined): string {
  if (desc !== undefined && typeof value === 'number') return desc.value[value]?.name ?? String(value);
  if (value instanceof Uint8Array)
    return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return String(value);
}

const WIRE_TYPES = ['varint', '64-bit', 'bytes', 'group', 'group end', '32-bit'];
const SHOWN_BYTES = 32;

/** An unknown field's wire type and raw bytes in hex, e.g. "field not known here, varint: 05". */
function unknownText(wireType: number, data: Uint8Array): string {
  const shown = [...data.subarray(0, SHOWN_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ');
  const more = data.length > SHOWN_BYTES ? ` and ${String(data.length - SHOWN_BYTES)} bytes more` : '';
  return `field not known here, ${WIRE_TYPES[wireType] ?? String(wireType)}: ${shown}${more}`;
}
