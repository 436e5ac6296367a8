import { create } from '@bufbuild/protobuf';
import { FlowFilter_ExperimentalSchema } from '@finderscope/hubble-api';
import { compileCel } from '../filter/expression-engine.ts';
import { compiled, shown } from './checks.ts';
import type { FieldDef } from './field.ts';

/** The error without the place and the picture of it, which mean nothing in a filter bar. */
function firstLine(reason: string): string {
  return reason
    .split('\n', 1)
    .join('')
    .replace(/^.*<input>:\d+:\d+: /, '');
}

export const CEL_EXPRESSION_FIELD: FieldDef = {
  name: 'cel-expression',
  aliases: ['cel'],
  sides: 'none',
  hasFlag: true,
  since: '1.16',
  doc: 'CEL expression over the flow, called _flow, that gives a boolean.',
  examples: [
    'cel-expression:"_flow.source.pod_name.startsWith(\'cart\')"',
    'cel-expression:_flow.l4.TCP.flags.RST',
  ],
  check: compiled(
    compileCel,
    (value, reason) =>
      `${shown(value)} is not a CEL expression Hubble takes: ${firstLine(reason)}. ` +
      'Write one that gives true or false, such as "_flow.verdict == Verdict.DROPPED".',
  ),
  effect: {
    kind: 'list',
    write: (filter, value) => {
      filter.experimental ??= create(FlowFilter_ExperimentalSchema);
      filter.experimental.celExpression.push(value);
    },
    read: (filter) => filter.experimental?.celExpression ?? [],
  },
};
