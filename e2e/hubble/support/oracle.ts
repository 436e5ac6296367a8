// The oracle as a running program: questions in, answers out, in the same order.

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { toBinary } from '@bufbuild/protobuf';
import {
  type Flow,
  type FlowFilter,
  FlowFilterSchema,
  FlowSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';
import type { CompactOptions } from '@finderscope/flow-query';
import { startProgram } from './programs.ts';

type Answer = { readonly rows?: number[]; readonly texts?: string[]; readonly error?: string };

export type Oracle = AsyncDisposable & {
  /** The flows that `match` is about from now on. */
  readonly use: (flows: readonly Flow[]) => Promise<void>;
  /** Places of the flows that the filters let through, or why the filters are refused. */
  readonly match: (
    allow: readonly FlowFilter[],
    deny: readonly FlowFilter[],
  ) => Promise<readonly number[] | string>;
  /** What the CLI prints of each, line breaks included. */
  readonly print: (
    responses: readonly GetFlowsResponse[],
    options: CompactOptions,
  ) => Promise<readonly string[]>;
};

export function startOracle(): Oracle {
  const child = startProgram('oracle', []);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ask = async (question: unknown): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the oracle ended: ${complaints}`);
    return JSON.parse(value) as Answer;
  };
  const filters = (list: readonly FlowFilter[]): string[] =>
    list.map((filter) => base64(toBinary(FlowFilterSchema, filter)));
  return {
    use: async (flows) => {
      await ask({ flows: flows.map((flow) => base64(toBinary(FlowSchema, flow))) });
    },
    match: async (allow, deny) => {
      const { rows, error } = await ask({ allow: filters(allow), deny: filters(deny) });
      return error ?? rows ?? [];
    },
    print: async (responses, options) => {
      const { texts, error } = await ask({
        print: responses.map((response) => base64(toBinary(GetFlowsResponseSchema, response))),
        timeFormat: options.timeFormat ?? 'StampMilli',
        nodeName: options.nodeName ?? false,
        numeric: options.ipTranslation === false,
        policies: options.policyNames ?? false,
      });
      if (error !== undefined) throw new Error(error);
      return texts ?? [];
    },
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
