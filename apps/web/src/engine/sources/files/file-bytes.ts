// The content of one file in chunks of UTF-8: unpacked when it is gzip, which its first bytes tell and not its name, and
// converted when it is UTF-16, as PowerShell writes what is sent to a file.

import type { SourceFile } from '../../protocol.ts';
import type { SessionEnv } from '../../session/env.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type OpenFile = {
  /** undefined at the end. Rejects when the file cannot be read on. */
  readonly next: () => Promise<Bytes | undefined>;
  readonly close: () => void;
};

/** Told how far a file was read and how long it is, in bytes as stored. */
export type Progress = (bytesRead: number, bytes: number | undefined) => void;

const GZIP = [0x1f, 0x8b];
const UTF16_LE = [0xff, 0xfe];
const UTF16_BE = [0xfe, 0xff];

/** Rejects with an Error whose message says in a sentence why the file cannot be opened. */
export async function openFile(
  file: SourceFile,
  env: Pick<SessionEnv, 'fetch'>,
  signal: AbortSignal,
  progress: Progress,
): Promise<OpenFile> {
  const { stream, size } =
    typeof file.from === 'string'
      ? await fetchFile(file.from, env, signal)
      : { stream: file.from.stream(), size: file.from.size };
  progress(0, size);
  let read = 0;
  const counted = stream.pipeThrough(
    new TransformStream<Bytes, Bytes>({
      transform: (chunk, out) => {
        read += chunk.length;
        progress(read, size);
        out.enqueue(chunk);
      },
    }),
  );
  const reader = (await decoded(counted)).getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    },
    close: () => {
      // What cancelling fails with is what reading would have failed with.
      reader.cancel().catch(() => undefined);
    },
  };
}

async function fetchFile(
  url: string,
  env: Pick<SessionEnv, 'fetch'>,
  signal: AbortSignal,
): Promise<{ readonly stream: ReadableStream<Bytes>; readonly size: number | undefined }> {
  let response: Response;
  try {
    response = await env.fetch(url, { signal, cache: 'no-cache' });
  } catch (cause) {
    throw new Error('The server of this page cannot be reached.', { cause });
  }
  if (!response.ok) throw new Error(`The server of this page answered ${response.status} for it.`);
  const type = response.headers.get('content-type') ?? '';
  if (response.body === null || type.startsWith('text/html'))
    throw new Error('The server of this page has a web page under this name, and no file.');
  const length = Number(response.headers.get('content-length') ?? '');
  const isPacked = response.headers.get('content-encoding') !== null;
  return { stream: response.body, size: length > 0 && !isPacked ? length : undefined };
}

/** Looks at the first bytes and puts them back. */
async function decoded(stream: ReadableStream<Bytes>): Promise<ReadableStream<Bytes>> {
  const reader = stream.getReader();
  let head: Bytes = new Uint8Array(0);
  while (head.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    const joined = new Uint8Array(head.length + value.length);
    joined.set(head);
    joined.set(value, head.length);
    head = joined;
  }
  const whole = new ReadableStream<Bytes>({
    start: (out) => {
      if (head.length > 0) out.enqueue(head);
    },
    pull: async (out) => {
      const { done, value } = await reader.read();
      if (done) out.close();
      else out.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  if (beginsWith(head, GZIP)) return decoded(whole.pipeThrough(new DecompressionStream('gzip')));
  if (beginsWith(head, UTF16_LE)) return fromUtf16(whole, 'utf-16le');
  return beginsWith(head, UTF16_BE) ? fromUtf16(whole, 'utf-16be') : whole;
}

function fromUtf16(stream: ReadableStream<Bytes>, encoding: string): ReadableStream<Bytes> {
  return stream.pipeThrough(new TextDecoderStream(encoding)).pipeThrough(new TextEncoderStream());
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
