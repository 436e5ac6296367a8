// The items of `icmps`: types of messages by number or by name.

import type { Node } from 'yaml';

import type { IcmpMessage } from '../model/policy.ts';
import type { NodeReader } from './node-reader.ts';

const FAMILIES = { IPv4: 4, IPv6: 6 } as const;
const MAX_TYPE = 255;

/** Names that Cilium takes, from IANA's registries without blanks. */
const TYPES: Readonly<Record<4 | 6, Readonly<Record<string, number>>>> = {
  4: {
    EchoReply: 0,
    DestinationUnreachable: 3,
    Redirect: 5,
    Echo: 8,
    EchoRequest: 8,
    RouterAdvertisement: 9,
    RouterSelection: 10,
    TimeExceeded: 11,
    ParameterProblem: 12,
    Timestamp: 13,
    TimestampReply: 14,
    Photuris: 40,
    ExtendedEchoRequest: 42,
    ExtendedEchoReply: 43,
  },
  6: {
    DestinationUnreachable: 1,
    PacketTooBig: 2,
    TimeExceeded: 3,
    ParameterProblem: 4,
    EchoRequest: 128,
    EchoReply: 129,
    MulticastListenerQuery: 130,
    MulticastListenerReport: 131,
    MulticastListenerDone: 132,
    RouterSolicitation: 133,
    RouterAdvertisement: 134,
    NeighborSolicitation: 135,
    NeighborAdvertisement: 136,
    RedirectMessage: 137,
    RouterRenumbering: 138,
    ICMPNodeInformationQuery: 139,
    ICMPNodeInformationResponse: 140,
    InverseNeighborDiscoverySolicitation: 141,
    InverseNeighborDiscoveryAdvertisement: 142,
    HomeAgentAddressDiscoveryRequest: 144,
    HomeAgentAddressDiscoveryReply: 145,
    MobilePrefixSolicitation: 146,
    MobilePrefixAdvertisement: 147,
    DuplicateAddressRequestCodeSuffix: 157,
    DuplicateAddressConfirmationCodeSuffix: 158,
    ExtendedEchoRequest: 160,
    ExtendedEchoReply: 161,
  },
};

/** One item of `icmps`: the messages of its `fields`. */
export function readIcmpRule(reader: NodeReader, node: Node): readonly IcmpMessage[] {
  let messages: readonly IcmpMessage[] = [];
  reader.fields(node, 'icmps', {
    fields: (value) => {
      messages = reader.list(value, 'icmps.fields', (item) => readMessage(reader, item));
    },
  });
  return messages;
}

function readMessage(reader: NodeReader, node: Node): IcmpMessage {
  let familyText = 'IPv4';
  let typeText: string | undefined;
  reader.fields(node, 'icmps.fields', {
    family: (value) => {
      familyText = reader.text(value, 'icmps.family');
    },
    type: (value) => {
      typeText = reader.text(value, 'icmps.type');
    },
  });
  const family = familyText === 'IPv6' ? FAMILIES.IPv6 : FAMILIES.IPv4;
  if (!Object.hasOwn(FAMILIES, familyText)) {
    reader.problem(node, `icmps: family must be IPv4 or IPv6, not "${familyText}"`);
  }
  if (typeText === undefined) {
    reader.problem(node, 'icmps: type is missing');
    return { family, type: 0 };
  }
  const known = TYPES[family];
  const type = /^\d{1,3}$/.test(typeText)
    ? Number(typeText)
    : Object.hasOwn(known, typeText)
      ? known[typeText]
      : undefined;
  if (type === undefined || type > MAX_TYPE) {
    reader.problem(
      node,
      `icmps: "${typeText}" is no type of ICMP for ${familyText}: write 0 to ${MAX_TYPE} or a name as EchoRequest`,
    );
    return { family, type: 0 };
  }
  return { family, type };
}
