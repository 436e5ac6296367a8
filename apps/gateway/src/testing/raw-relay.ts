// A Relay on a bare socket, as gRPC-go behaves on the wire: every message in a DATA frame of its own, never more than
// the windows allow. Counts what it could write, which is how tests see that a slow reader reaches the source.

import { createServer, type Socket } from 'node:net';

const PREFACE_BYTES = 24;
const HEADER_BYTES = 9;
const FRAME = { DATA: 0, HEADERS: 1, RST_STREAM: 3, SETTINGS: 4, PING: 6, WINDOW_UPDATE: 8 } as const;
const DEFAULT_WINDOW = 65_535;
const WRITE_BYTES = 64 * 1024;

export type RawRelay = {
  readonly port: number;
  /** Bytes of DATA written so far, over all streams. */
  sentBytes(): number;
  /** Resolves when nothing could be written for as long as one turn of the event loop after a window ran out. */
  stalled(): Promise<void>;
  /** Streams the other end has reset. */
  resets(): number;
  stop(): Promise<void>;
};

/** How streams end: with status 0; never; never, and no PING is answered either, as of a process that hangs; or reset. */
export type RawEnding = 'trailers' | 'silent' | 'deaf' | { readonly resetCode: number };

/** Sends `total` copies of `frame` (a gRPC frame) on every stream and then ends it. */
export async function startRawRelay(
  frame: Uint8Array,
  total: number,
  ending: RawEnding = 'trailers',
): Promise<RawRelay> {
  const sockets = new Set<Socket>();
  const state = { sent: 0, resets: 0 };
  let wakeStalled: (() => void) | undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const connection = new RawConnection(socket, { frame, total, ending }, state, () => wakeStalled?.());
    socket.on('data', (chunk) => connection.receive(chunk));
    socket.on('drain', () => connection.pump());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sentBytes: () => state.sent,
    resets: () => state.resets,
    stalled: () =>
      new Promise((resolve) => {
        wakeStalled = resolve;
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Script = { readonly frame: Uint8Array; readonly total: number; readonly ending: RawEnding };
type Stream = { left: number; window: number };

class RawConnection {
  readonly #socket: Socket;
  readonly #script: Script;
  readonly #state: { sent: number; resets: number };
  readonly #stalled: () => void;
  readonly #streams = new Map<number, Stream>();
  #input: Buffer = Buffer.alloc(0);
  #prefaceLeft = PREFACE_BYTES;
  #window = DEFAULT_WINDOW;
  #initialWindow = DEFAULT_WINDOW;

  constructor(socket: Socket, script: Script, state: { sent: number; resets: number }, stalled: () => void) {
    this.#socket = socket;
    this.#script = script;
    this.#state = state;
    this.#stalled = stalled;
    socket.write(http2Frame(FRAME.SETTINGS, 0, 0, Buffer.alloc(0)));
  }

  receive(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk]);
    const skip = Math.min(this.#prefaceLeft, this.#input.length);
    this.#prefaceLeft -= skip;
    this.#input = this.#input.subarray(skip);
    while (this.#input.length >= HEADER_BYTES) {
      const length = this.#input.readUIntBE(0, 3);
      if (this.#input.length < HEADER_BYTES + length) break;
      const [type, flags] = [this.#input[3]!, this.#input[4]!];
      const id = this.#input.readUInt32BE(5);
      this.#take(type, flags, id, this.#input.subarray(HEADER_BYTES, HEADER_BYTES + length));
      this.#input = this.#input.subarray(HEADER_BYTES + length);
    }
    this.pump();
  }

  #take(type: number, flags: number, id: number, payload: Buffer): void {
    if (type === FRAME.SETTINGS && (flags & 1) === 0) {
      for (let at = 0; at < payload.length; at += 6) {
        if (payload.readUInt16BE(at) === 4) this.#initialWindow = payload.readUInt32BE(at + 2);
      }
      this.#socket.write(http2Frame(FRAME.SETTINGS, 1, 0, Buffer.alloc(0)));
    } else if (type === FRAME.PING && (flags & 1) === 0 && this.#script.ending !== 'deaf') {
      this.#socket.write(http2Frame(FRAME.PING, 1, 0, payload));
    } else if (type === FRAME.WINDOW_UPDATE) {
      const stream = this.#streams.get(id);
      if (id === 0) this.#window += payload.readUInt32BE(0);
      else if (stream !== undefined) stream.window += payload.readUInt32BE(0);
    } else if (type === FRAME.RST_STREAM) {
      this.#state.resets++;
      this.#streams.delete(id);
    } else if (type === FRAME.HEADERS) {
      this.#streams.set(id, { left: this.#script.total, window: this.#initialWindow });
      const headers = Buffer.concat([Buffer.of(0x88), literal('content-type', 'application/grpc')]);
      this.#socket.write(http2Frame(FRAME.HEADERS, 4, id, headers));
    }
  }

  /** Writes as long as windows and socket take it. */
  pump(): void {
    const size = this.#script.frame.length;
    for (const [id, stream] of this.#streams) {
      const unit = http2Frame(FRAME.DATA, 0, id, Buffer.from(this.#script.frame));
      const perWrite = Math.max(1, Math.floor(WRITE_BYTES / unit.length));
      while (stream.left > 0 && !this.#socket.writableNeedDrain) {
        const fits = Math.floor(Math.min(stream.window, this.#window) / size);
        const count = Math.min(stream.left, fits, perWrite);
        if (count === 0) {
          setImmediate(this.#stalled);
          break;
        }
        const out = Buffer.allocUnsafe(unit.length * count);
        for (let i = 0; i < count; i++) out.set(unit, i * unit.length);
        stream.left -= count;
        stream.window -= count * size;
        this.#window -= count * size;
        this.#state.sent += count * size;
        this.#socket.write(out);
      }
      if (stream.left === 0) {
        this.#streams.delete(id);
        this.#endStream(id);
      }
    }
  }

  #endStream(id: number): void {
    const { ending } = this.#script;
    if (ending === 'deaf' || ending === 'silent') return;
    if (ending === 'trailers') {
      this.#socket.write(http2Frame(FRAME.HEADERS, 5, id, literal('grpc-status', '0')));
    } else {
      this.#socket.write(http2Frame(FRAME.RST_STREAM, 0, id, Buffer.of(0, 0, 0, ending.resetCode)));
    }
  }
}

function http2Frame(type: number, flags: number, id: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(id, 5);
  return Buffer.concat([header, payload]);
}

/** HPACK: literal header without indexing, names and values below 127 bytes. */
function literal(name: string, value: string): Buffer {
  return Buffer.concat([
    Buffer.of(0, name.length),
    Buffer.from(name),
    Buffer.of(value.length),
    Buffer.from(value),
  ]);
}
