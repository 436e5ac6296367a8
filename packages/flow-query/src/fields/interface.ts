import { create } from '@bufbuild/protobuf';
import { type NetworkInterface, NetworkInterfaceSchema } from '@finderscope/hubble-api';
import { anyText } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

export const INTERFACE_FIELD: FieldDef = {
  name: 'interface',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  since: '1.16',
  doc: 'Exact name of the network device the flow was seen on; an empty name takes any.',
  examples: ['interface:eth0'],
  check: anyText,
  effect: itemList<NetworkInterface>(
    (filter) => filter.interface,
    (name) => create(NetworkInterfaceSchema, { name }),
    ({ name }) => name,
  ),
};
