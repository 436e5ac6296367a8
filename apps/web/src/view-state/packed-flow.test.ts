import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packMessages, unpackMessages } from './packed-flow.ts';

const message = fc.uint8Array({ maxLength: 400 });

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}

describe('packed messages', () => {
  it('come back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
        const packed = await packMessages(messages);
        expect(packed).toMatch(/^[\w-]+$/);
        expect(await unpackMessages(packed)).toEqual({ ok: true, value: messages });
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('never throw, however they were changed on the way', async () => {
    const packed = await packMessages([new Uint8Array(300).map((_, i) => i * 7), Uint8Array.of(1, 2)]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(packed.length - 1),
        fc.nat(packed.length - 1),
        fc.constantFrom('', 'A', '_', '=', 'ä', '0000'),
        async (at, length, put) => {
          const result = await unpackMessages(packed.slice(0, at) + put + packed.slice(at + length));
          expect(result.ok ? 'read' : result.error).toMatch(/^[a-z]/);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it.each([
    ['', 'letters are missing or are not of base64url'],
    ['A', 'letters are missing or are not of base64url'],
    ['ä=/+', 'letters are missing or are not of base64url'],
    ['u8rMtYaZi5tjwddFp9k', 'the link has been cut or changed on its way'],
  ])('says what is wrong with %j', async (packed, error) => {
    expect(await unpackMessages(packed)).toEqual({ ok: false, error });
  });

  it('says what is wrong with what was packed by others', async () => {
    const said = async (bytes: Uint8Array<ArrayBuffer>) => {
      const result = await unpackMessages(await deflated(bytes));
      return result.ok ? '' : result.error;
    };
    expect(await said(new Uint8Array())).toBe('it holds nothing');
    expect(await said(Uint8Array.of(5, 1, 2))).toBe('a message ends too early');
    expect(await said(Uint8Array.of(0x80))).toBe('a message has no length');
    expect(await said(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff))).toBe('a message has no length');
    expect(await said(new Uint8Array(65))).toBe('it holds more than 64 messages');
    // A small link that would fill the memory.
    expect(await said(new Uint8Array(8 << 20))).toBe('it unpacks into more than 256 KiB');
  });
});
