import { create, fromBinary } from '@bufbuild/protobuf';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { expect, it } from 'vitest';
import { flowBytes, numberedFlow } from '../engine/test-support/flows.ts';
import { flowMarkdown } from './markdown.ts';

const NOTHING = { isPeerAllowedElsewhere: false };

it('holds the sentence, the line and the link', () => {
  const response = fromBinary(GetFlowsResponseSchema, flowBytes(numberedFlow(3)));
  expect(
    flowMarkdown({
      response,
      typeText: 'Policy denied',
      url: 'http://host/?v=1#f=1.a',
      known: NOTHING,
      masked: '',
    }),
  ).toBe(
    [
      'The **SYN** from **default/client-1** \\(identity 100, n=1\\) to **port 80** of **server** was dropped at node ' +
        '**k8s-w1**: a policy applies here and none allows it \\(the flow does not say in which direction\\).',
      '',
      '```',
      'Nov 14 22:13:23.000: default/client-1:40003 (ID:100) <> default/server:80 (ID:200) Policy denied DROPPED (TCP Flags: SYN)',
      '```',
      '',
      '[Open in Finderscope](<http://host/?v=1#f=1.a>)',
    ].join('\n'),
  );
});

it('lets no name break out of its place, and says what was masked', () => {
  const response = create(GetFlowsResponseSchema, {
    responseTypes: {
      case: 'flow',
      value: {
        verdict: 1,
        source: { podName: '*_evil_*<b>[x](y)\n# head', namespace: 'n' },
        Summary: 'HTTP ```` fence',
      },
    },
  });
  const text = flowMarkdown({ response, typeText: '', url: 'u', known: NOTHING, masked: '1 header value' });
  const [sentence = ''] = text.split('\n');
  expect(sentence).toContain('**n/\\*\\_evil\\_\\*\\<b\\>\\[x\\]\\(y\\) \\# head**');
  expect(text).toContain('\n`````\n');
  expect(text.endsWith('\n\nMasked: 1 header value.')).toBe(true);
});
