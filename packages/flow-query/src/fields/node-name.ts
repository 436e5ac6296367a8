import { compileNodeName } from '../filter/node-name.ts';
import { compiled, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const NODE_NAME_FIELD: FieldDef = {
  name: 'node-name',
  aliases: ['node'],
  sides: 'none',
  hasFlag: true,
  doc: 'Node that saw the flow, as node or cluster/node; * stands for any run of letters, digits, dots and dashes.',
  examples: ['node-name:worker-*', 'node-name:prod-eu/'],
  check: compiled(
    compileNodeName,
    (value, reason) =>
      `${shown(value)} is not a node name pattern: ${reason}. Write node or cluster/node in lower case, as in worker-* or prod/.`,
  ),
  effect: textList((filter) => filter.nodeName),
};
