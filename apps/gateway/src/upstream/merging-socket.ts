// Stands between the socket to the server and Node's HTTP/2, and hands it neighbouring DATA frames as one (see
// data-merger.ts). What goes to the server passes as it is.
//
//   socket --reads--> DataMerger --> push --> node:http2
//      ^---------------- writes ----------------'
//
// Without TLS the socket reads into one buffer again and again: what HTTP/2 takes at once it has copied, and only what
// waits here gets to keep the buffer. Each new buffer would bring V8's next full collection nearer.

import type { OnReadOpts, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { DataMerger } from './data-merger.ts';

/** As much as libuv reads at once by itself. */
const READ_BYTES = 64 * 1024;
/** A piece that ends inside a frame may begin a merged one that is longer than itself. */
export const MAX_FRAME_BYTES = 4 * READ_BYTES;

type Done = (error?: Error | null) => void;

export class MergingSocket extends Duplex {
  readonly #merger = new DataMerger(MAX_FRAME_BYTES);
  #socket: Socket | undefined;
  #buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  #readsItself = false;

  /** Like the socket: what the server ends is over. */
  constructor() {
    super({ allowHalfOpen: false });
  }

  /** For the options of a socket that is yet to be made and will be attached; not for one that TLS takes over. */
  readItself(): OnReadOpts {
    this.#readsItself = true;
    return {
      buffer: () => this.#buffer,
      callback: (bytes, buffer) => {
        const takesMore = this.push(this.#merger.merge(buffer.subarray(0, bytes)));
        if (this.readableLength > 0) this.#buffer = Buffer.allocUnsafeSlow(READ_BYTES);
        return takesMore;
      },
    };
  }

  /** From here on the socket is read, written and closed by this alone; its end and its errors are passed on. */
  attach(socket: Socket): this {
    this.#socket = socket;
    if (!this.#readsItself) {
      socket.on('data', (piece: Buffer) => {
        if (!this.push(this.#merger.merge(piece))) socket.pause();
      });
    }
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    // After its end what waits here is still to be read; this closes by itself then.
    socket.on('close', () => {
      if (!socket.readableEnded) this.destroy();
    });
    return this;
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#socket?.write(chunk, done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#socket?.cork();
    for (const [i, { chunk }] of chunks.entries()) {
      this.#socket?.write(chunk, i === chunks.length - 1 ? done : undefined);
    }
    this.#socket?.uncork();
  }

  override _final(done: Done): void {
    const socket = this.#socket;
    // It ends by itself when the server does. What goes wrong with it is told as its error.
    if (socket === undefined || socket.destroyed || socket.writableFinished) return done();
    socket.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#socket?.destroy();
    done(error);
  }
}
