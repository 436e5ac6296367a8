// The ports of a rule, with what is asked of requests on them.

import { isMap, isScalar, type Node } from 'yaml';

import {
  type DnsRule,
  type HttpRule,
  type PolicyProtocol,
  type PortRange,
  type PortRule,
  PROTOCOLS,
} from '../model/policy.ts';
import type { NodeReader } from './node-reader.ts';
import { readDnsRule, type RulePlace } from './peers.ts';

const MAX_PORT = 65_535;

/** One item of `toPorts`. Without ports it means none of them. A deny rule takes no L7 rules. */
export function readPortRule(reader: NodeReader, node: Node, place: RulePlace): PortRule {
  let ranges: readonly PortRange[] = [];
  let http: readonly HttpRule[] | undefined;
  let dns: readonly DnsRule[] | undefined;
  let tls = false;
  let rulesAt: Node = node;
  const readTls = (name: string) => (value: Node) => {
    tls = true;
    readTlsContext(reader, value, `toPorts.${name}`);
  };
  reader.fields(node, 'toPorts', {
    ports: (value) => {
      ranges = reader.list(value, 'toPorts.ports', (item) => readCiliumPort(reader, item));
    },
    rules: (value) => {
      rulesAt = value;
      if (place.isDeny) reader.problem(value, 'toPorts.rules: a deny rule takes no L7 rules');
      reader.fields(value, 'toPorts.rules', {
        http: (list) => {
          const rules = reader.list(list, 'rules.http', (item) => readHttpRule(reader, item));
          if (rules.length > 0) http = rules;
        },
        dns: (list) => {
          const rules = reader.list(list, 'rules.dns', (item) => readDnsRule(reader, item, 'rules.dns'));
          if (rules.length > 0) dns = rules.filter((rule) => rule !== undefined);
        },
      });
      if (http !== undefined && dns !== undefined) {
        reader.problem(value, 'toPorts.rules: only one of http and dns');
      }
    },
    terminatingTLS: readTls('terminatingTLS'),
    originatingTLS: readTls('originatingTLS'),
  });
  for (const message of troublesOf({ ports: ranges, http, dns, tls }, place)) {
    reader.problem(rulesAt, `toPorts.rules: ${message}`);
  }
  return { ports: ranges, http, dns, tls };
}

/** What Cilium refuses about requests on these ports. */
function troublesOf({ ports, http, dns }: PortRule, { direction }: RulePlace): readonly string[] {
  const told = (isSo: boolean, message: string): readonly string[] => (isSo ? [message] : []);
  const isAnyPort = ({ last, name }: PortRange): boolean => last === 0 && name === undefined;
  return [
    ...told(
      http !== undefined && ports.some(({ protocol }) => protocol !== 'TCP'),
      'http needs ports of protocol TCP',
    ),
    ...told((http ?? dns) !== undefined && ports.some(isAnyPort), 'need ports other than 0'),
    ...told(dns !== undefined && ports.length === 0, 'dns needs port 53'),
    ...told(
      dns !== undefined && ports.some(({ first, last }) => last > first),
      'dns goes with no range of ports',
    ),
    ...told(dns !== undefined && direction === 'ingress', 'dns is for egress'),
  ];
}

/** Only that there is one counts: certificates are not checked here. */
function readTlsContext(reader: NodeReader, node: Node, where: string): void {
  reader.fields(node, where, {
    secret: (value) => reader.texts(value, `${where}.secret`),
    trustedCA: (value) => reader.text(value, `${where}.trustedCA`),
    certificate: (value) => reader.text(value, `${where}.certificate`),
    privateKey: (value) => reader.text(value, `${where}.privateKey`),
  });
}

/** Cilium wants the port itself, 0 for every one; Kubernetes takes a protocol alone. */
function readCiliumPort(reader: NodeReader, node: Node): PortRange {
  if (isMap(node) && !node.has('port') && !node.has('endPort')) {
    reader.problem(node, 'toPorts.ports: port is missing; 0 is every port');
  }
  return readPort(reader, node, 'toPorts.ports', 'ANY');
}

/** A port by number or by name, a range up to `endPort`, or all ports of a protocol; Kubernetes takes TCP where Cilium takes any. */
export function readPort(
  reader: NodeReader,
  node: Node,
  where: string,
  byDefault: PolicyProtocol,
): PortRange {
  let first = 0;
  let last = 0;
  let name: string | undefined;
  let protocolText: string = byDefault;
  reader.fields(node, where, {
    port: (value) => {
      const text = reader.text(value, 'port');
      if (isPortName(text)) name = text.toLowerCase();
      else first = readPortNumber(reader, value, 'port');
    },
    endPort: (value) => {
      last = readPortNumber(reader, value, 'endPort');
    },
    protocol: (value) => {
      protocolText = reader.text(value, 'protocol').toUpperCase();
    },
  });
  const protocol = PROTOCOLS.find((candidate) => candidate === protocolText);
  if (protocol === undefined) {
    reader.problem(node, `protocol must be one of ${PROTOCOLS.join(', ')}, not "${protocolText}"`);
  }
  if (last !== 0 && first === 0) {
    reader.problem(node, name === undefined ? 'endPort needs a port' : 'endPort goes with no name of a port');
  }
  if (last !== 0 && last < first) reader.problem(node, `endPort ${last} is below port ${first}`);
  const range = { first, last: Math.max(first, last), protocol: protocol ?? 'ANY' } as const;
  return name === undefined ? range : { ...range, name };
}

/** As IANA names services: up to 15 letters, digits and single hyphens inside, at least one letter. */
function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(text) && /[a-z]/i.test(text);
}

function readPortNumber(reader: NodeReader, node: Node, where: string): number {
  const text = reader.text(node, where);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= MAX_PORT) return port;
  if (isScalar(node)) reader.problem(node, `${where} must be a number up to ${MAX_PORT}, not "${text}"`);
  return 0;
}

function readHttpRule(reader: NodeReader, node: Node): HttpRule {
  const expressions: Partial<Record<'method' | 'path' | 'host', RegExp>> = {};
  let headers: HttpRule['headers'] = [];
  const expression = (name: 'method' | 'path' | 'host') => (value: Node) => {
    const text = reader.text(value, `http.${name}`);
    try {
      expressions[name] = new RegExp(`^(?:${text})$`, name === 'host' ? 'i' : '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reader.problem(value, `http.${name}: ${reason}`);
    }
  };
  reader.fields(node, 'rules.http', {
    method: expression('method'),
    path: expression('path'),
    host: expression('host'),
    headers: (value) => {
      headers = reader.list(value, 'http.headers', (item) => readHeader(reader.text(item, 'http.headers')));
    },
  });
  return { method: expressions.method, path: expressions.path, host: expressions.host, headers };
}

/** `Name: value`, or `Name` for any value. */
function readHeader(text: string): HttpRule['headers'][number] {
  const [, name = text, value] = /^([^:\s]+)(?::?\s+(.*))?$/.exec(text) ?? [];
  return { name: name.replace(/:$/, ''), value };
}
