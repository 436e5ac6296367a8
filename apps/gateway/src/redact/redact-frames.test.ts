import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, readFrames } from '@finderscope/grpc-wire';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { readCommand } from '../config/command.ts';
import { callGrpc } from '../testing/clients.ts';
import { answer } from '../testing/fake-relay.ts';
import { setUp } from '../testing/gateway-and-relay.ts';
import { createRedactor } from './redact-frames.ts';

const SECRET = 's3cret';

function request(url: string): Uint8Array {
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, {
      nodeName: 'k8s-w1',
      responseTypes: {
        case: 'flow',
        value: {
          uuid: 'u-1',
          l7: { record: { case: 'http', value: { url, headers: [{ key: 'Cookie', value: SECRET }] } } },
          Summary: `HTTP/1.1 GET ${url}`,
        },
      },
    }),
  );
}

const plain = toBinary(
  GetFlowsResponseSchema,
  create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: { uuid: 'u-2' } } }),
);

function messagesOf(batch: Uint8Array): readonly GetFlowsResponse[] {
  return readFrames(batch).frames.map(({ message }) => fromBinary(GetFlowsResponseSchema, message));
}

describe('createRedactor', () => {
  const redact = createRedactor(['header-values', 'query-strings'], () => 1_700_000_000_000);

  test('masks what it is asked for and leaves other frames as they are', () => {
    const batch = Buffer.concat(
      [plain, request(`http://ann@shop/?${SECRET}`), plain].map((m) => encodeFrame(m)),
    );
    const redacted = redact(batch);
    expect(redacted.includes(SECRET)).toBe(false);
    expect(redacted.includes('ann@shop')).toBe(true);
    const [first, second, third, ...more] = readFrames(redacted).frames;
    expect([first, third].map((frame) => Buffer.from(frame?.message ?? []))).toEqual([
      Buffer.from(plain),
      Buffer.from(plain),
    ]);
    expect(second?.message.length).toBeGreaterThan(0);
    expect(more).toEqual([]);
  });

  test.each([`HTTP/1.1 GET http://shop/?${SECRET}`, `HTTP/1.1 200 3ms (GET /cart?${SECRET})`])(
    'masks %j of a flow that holds nothing else',
    (Summary) => {
      const message = toBinary(
        GetFlowsResponseSchema,
        create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: { Summary } } }),
      );
      expect(redact(Buffer.from(encodeFrame(message))).includes(SECRET)).toBe(false);
    },
  );

  test('lets nothing pass that it cannot read, and counts it', () => {
    const compressed = encodeFrame(request(SECRET));
    compressed[0] = 1;
    const broken = encodeFrame(Buffer.from([0x0a, 0xff, ...Buffer.from(SECRET)]));
    const redacted = redact(Buffer.concat([compressed, broken]));
    expect(redacted.includes(SECRET)).toBe(false);
    expect(messagesOf(redacted).map(({ responseTypes }) => responseTypes.case)).toEqual([
      'lostEvents',
      'lostEvents',
    ]);
  });
});

describe('--redact', () => {
  /** What a client gets, as latin1 text. */
  async function passed(args: readonly string[]): Promise<string> {
    const { gateway } = await setUp((call) => answer(call, [request(`http://shop/?${SECRET}`), plain]), args);
    const { messages } = await callGrpc(gateway.url, '/observer.Observer/GetFlows');
    expect(messages).toHaveLength(2);
    return messages.join();
  }

  test('masks flows on their way', async () => {
    const text = await passed(['--redact', 'all']);
    expect(text).not.toContain(SECRET);
    expect(text).toContain('HUBBLE_REDACTED');
  });

  test('is off unless it is asked for', async () => {
    expect(await passed([])).toContain(SECRET);
  });

  test('names what it does not know', () => {
    const command = readCommand(['--redact', 'header-values,cookies'], {});
    expect(command.ok ? '' : command.error).toBe(
      '--redact "header-values,cookies" is not a list of header-values, query-strings, user-info, kafka-client-ids, or all',
    );
  });
});
