// Messages packed into a text that may stand in a fragment, and back: each message behind its length as a varint, all
// of it deflated (RFC 1951, no header) and written in base64url without padding. Flows of one connection repeat
// nearly everything, so that each further one costs a few dozen characters.

import { err, ok, type Result } from '@finderscope/base';

/** A link may be made by anybody: what unpacks into more than this is not read to its end. */
const MAX_UNPACKED_BYTES = 262_144;
const MAX_MESSAGES = 64;

/** Letters, digits, `-` and `_` only. The messages are not looked into. */
export async function packMessages(messages: readonly Uint8Array[]): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = messages.flatMap((message) => [
    varint(message.length),
    new Uint8Array(message),
  ]);
  const deflated = new Blob(parts).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  return toBase64Url(bytes);
}

/** At least one message, or what is wrong in words that follow "cannot be unpacked: ". */
export async function unpackMessages(packed: string): Promise<Result<readonly Uint8Array[], string>> {
  const deflated = fromBase64Url(packed);
  if (deflated === undefined) return err('letters are missing or are not of base64url');
  const inflated = await inflate(deflated);
  return inflated.ok ? splitMessages(inflated.value) : inflated;
}

async function inflate(deflated: Uint8Array<ArrayBuffer>): Promise<Result<Uint8Array, string>> {
  const inflating = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = inflating.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MAX_UNPACKED_BYTES) {
        await reader.cancel();
        return err(`it unpacks into more than ${String(MAX_UNPACKED_BYTES >> 10)} KiB`);
      }
      chunks.push(value);
    }
  } catch (error) {
    // The browser says of broken data no more than that it is.
    if (error instanceof Error) return err('the link has been cut or changed on its way');
    throw error;
  }
  return ok(new Uint8Array(await new Blob(chunks).arrayBuffer()));
}

function splitMessages(bytes: Uint8Array): Result<readonly Uint8Array[], string> {
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    let length = 0;
    let shift = 0;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 21) return err('a message has no length');
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    if (at + length > bytes.length) return err('a message ends too early');
    if (messages.length === MAX_MESSAGES) return err(`it holds more than ${String(MAX_MESSAGES)} messages`);
    messages.push(bytes.slice(at, at + length));
    at += length;
  }
  return messages.length === 0 ? err('it holds nothing') : ok(messages);
}

function varint(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return new Uint8Array([...bytes, rest]);
}

function toBase64Url(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  // One letter too many stands for no byte.
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
