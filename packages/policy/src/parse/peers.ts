// Who a rule is about: the fields `from...` and `to...` that name peers.

import { isScalar, type Node } from 'yaml';

import type { Direction } from '../evaluate/decide.ts';
import { exactName, namePattern } from '../evaluate/dns.ts';
import { type Cidr, containsCidr, parseCidr } from '../model/cidr.ts';
import { type DnsRule, ENTITIES, type PeerSelector } from '../model/policy.ts';
import type { FieldReaders, NodeReader } from './node-reader.ts';
import { ofSource, peerInNamespace, readSelector } from './selector.ts';

/** Where a rule stands. */
export type RulePlace = {
  readonly direction: Direction;
  /** '' in a clusterwide policy. */
  readonly namespace: string;
  readonly isDeny: boolean;
  /** The policy is for endpoints whose labels are not known yet. */
  readonly ofInit: boolean;
};

/** One field that names peers, and whom. */
export type NamedPeers = {
  readonly field: string;
  readonly at: Node;
  /** Those that were understood; empty when the list is. */
  readonly peers: readonly PeerSelector[];
};

/** An empty list of names or services says nothing, any other empty list of peers selects nobody. */
export function selectsNobodyWhenEmpty(field: string): boolean {
  return field !== 'toFQDNs' && field !== 'toServices';
}

/** The readers of the fields that name peers; `add` hears them, an empty list too. */
export function peerFields(
  reader: NodeReader,
  { direction, namespace, isDeny, ofInit }: RulePlace,
  add: (peers: NamedPeers) => void,
): FieldReaders {
  const side = direction === 'ingress' ? 'from' : 'to';
  const field =
    (where: string, readItem: (item: Node, where: string) => PeerSelector | undefined) =>
    (value: Node): void => {
      const peers = reader.list(value, where, (item) => readItem(item, where));
      add({ field: where, at: value, peers: peers.filter((peer) => peer !== undefined) });
    };
  const fields = (names: Readonly<Record<string, Parameters<typeof field>[1]>>): FieldReaders =>
    Object.fromEntries(Object.entries(names).map(([name, readItem]) => [name, field(name, readItem)]));
  return {
    ...fields({
      [`${side}Endpoints`]: (item, where) => ({
        kind: 'endpoints',
        selector: peerInNamespace(readSelector(reader, item, where), namespace, ofInit),
      }),
      [`${side}Entities`]: (item, where) => readEntity(reader, item, where),
      [`${side}CIDR`]: (item, where) => {
        const prefix = readCidr(reader, item, where);
        return prefix && { kind: 'cidr', prefix, except: [] };
      },
      [`${side}CIDRSet`]: (item, where) => readCidrSet(reader, item, where),
      [`${side}Nodes`]: (item, where) => ({
        kind: 'nodes',
        selector: ofSource(readSelector(reader, item, where), 'node'),
      }),
    }),
    ...(direction === 'egress'
      ? fields({
          toServices: (item, where) => readService(reader, item, where, namespace),
          toFQDNs: (item, where) => {
            if (isDeny) reader.problem(item, `${where} cannot be denied, only allowed`);
            const name = readDnsRule(reader, item, where);
            return name && { kind: 'fqdn', name };
          },
        })
      : {}),
  };
}

function readEntity(reader: NodeReader, item: Node, where: string): PeerSelector | undefined {
  const text = reader.text(item, where);
  const entity = ENTITIES.find((candidate) => candidate === text);
  if (entity === undefined) {
    reader.problem(item, `${where}: "${text}" is not one of ${ENTITIES.join(', ')}`);
    return undefined;
  }
  return { kind: 'entity', entity };
}

function readCidr(reader: NodeReader, node: Node, where: string): Cidr | undefined {
  const text = reader.text(node, where);
  const cidr = parseCidr(text);
  if (cidr === undefined && isScalar(node)) {
    reader.problem(node, `${where}: "${text}" is not a prefix such as 10.0.0.0/8 or an address`);
  }
  return cidr;
}

/** As readCidr, but an address alone will not do: Cilium and Kubernetes refuse it where exceptions may follow. */
function readPrefix(reader: NodeReader, node: Node, where: string): Cidr | undefined {
  const cidr = readCidr(reader, node, where);
  if (cidr === undefined || reader.text(node, where).includes('/')) return cidr;
  reader.problem(node, `${where}: "${reader.text(node, where)}" needs a length, such as /${cidr.length}`);
  return undefined;
}

/** `cidr` with exceptions inside it; an ipBlock of Kubernetes has the same fields. */
export function readCidrSet(reader: NodeReader, node: Node, where: string): PeerSelector | undefined {
  let prefix: Cidr | undefined;
  let isGiven = false;
  let holes: readonly { readonly cidr: Cidr | undefined; readonly at: Node }[] = [];
  reader.fields(node, where, {
    cidr: (value) => {
      isGiven = true;
      prefix = readPrefix(reader, value, `${where}.cidr`);
    },
    except: (value) => {
      const at = `${where}.except`;
      holes = reader.list(value, at, (item) => ({ cidr: readPrefix(reader, item, at), at: item }));
    },
  });
  const whole = prefix;
  if (whole === undefined) {
    if (!isGiven) reader.problem(node, `${where}: cidr is missing`);
    return undefined;
  }
  const except: Cidr[] = [];
  for (const { cidr, at } of holes) {
    if (cidr === undefined) continue;
    if (containsCidr(whole, cidr)) except.push(cidr);
    else reader.problem(at, `${where}: the exception lies outside cidr`);
  }
  return { kind: 'cidr', prefix: whole, except };
}

function readService(
  reader: NodeReader,
  node: Node,
  where: string,
  namespace: string,
): PeerSelector | undefined {
  let service: PeerSelector | undefined;
  reader.fields(node, where, {
    k8sService: (value) => {
      let name = '';
      let inside = namespace;
      reader.fields(value, `${where}.k8sService`, {
        serviceName: (text) => {
          name = reader.text(text, `${where}.serviceName`);
        },
        namespace: (text) => {
          inside = reader.text(text, `${where}.namespace`);
        },
      });
      if (name === '') reader.problem(value, `${where}: serviceName is missing`);
      service = { kind: 'service', namespace: inside, name };
    },
    k8sServiceSelector: (value) => {
      let inside = namespace;
      let selector: ReturnType<typeof readSelector> = { requirements: [] };
      reader.fields(value, `${where}.k8sServiceSelector`, {
        selector: (item) => {
          selector = readSelector(reader, item, `${where}.selector`);
        },
        namespace: (text) => {
          inside = reader.text(text, `${where}.namespace`);
        },
      });
      service = { kind: 'service-labels', namespace: inside, selector };
    },
  });
  if (service === undefined) reader.problem(node, `${where} needs k8sService or k8sServiceSelector`);
  return service;
}

const NAME = /^[-a-zA-Z0-9_.]+$/;
const PATTERN = /^[-a-zA-Z0-9_.*]+$/;

/** `matchName` or `matchPattern`, of toFQDNs and of DNS rules. */
export function readDnsRule(reader: NodeReader, node: Node, where: string): DnsRule | undefined {
  let rule: DnsRule | undefined;
  let isGiven = false;
  const readName =
    (field: string, valid: RegExp, build: (text: string) => DnsRule) =>
    (value: Node): void => {
      const text = reader.text(value, `${where}.${field}`);
      if (isGiven) reader.problem(value, `${where}: only one of matchName and matchPattern`);
      isGiven = true;
      if (valid.test(text)) rule = build(text);
      else if (isScalar(value)) reader.problem(value, `${where}.${field}: "${text}" is not a DNS name`);
    };
  reader.fields(node, where, {
    matchName: readName('matchName', NAME, exactName),
    matchPattern: readName('matchPattern', PATTERN, namePattern),
  });
  if (!isGiven) reader.problem(node, `${where} needs matchName or matchPattern`);
  return rule;
}
