// Cleartext HTTP/1.1 and HTTP/2 with prior knowledge on one port: the first bytes tell. An HTTP/2 client starts with
// "PRI * HTTP/2.0"; no HTTP/1 request does.

import type { Socket } from 'node:net';

const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** A client that connects and says nothing holds only a socket, but not for ever. */
const SILENCE_MS = 60_000;

export type Protocol = 'http1' | 'http2';

/** Calls back once with the protocol; the bytes looked at are still to be read. Not at all if the client leaves. */
export function sniffProtocol(socket: Socket, found: (protocol: Protocol) => void): void {
  const chunks: Buffer[] = [];
  const stop = (): void => {
    socket.off('data', look);
    socket.off('error', stop);
    socket.off('close', stop);
    socket.off('timeout', giveUp);
    socket.setTimeout(0);
  };
  const giveUp = (): void => {
    stop();
    socket.destroy();
  };
  const look = (chunk: Buffer): void => {
    chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const length = Math.min(bytes.length, HTTP2_PREFACE.length);
    const alike = bytes.compare(HTTP2_PREFACE, 0, length, 0, length) === 0;
    if (alike && length < HTTP2_PREFACE.length) return;
    stop();
    socket.pause();
    socket.unshift(bytes);
    found(alike ? 'http2' : 'http1');
    process.nextTick(() => socket.resume());
  };
  socket.setTimeout(SILENCE_MS);
  socket.on('data', look);
  socket.on('error', stop);
  socket.on('close', stop);
  socket.on('timeout', giveUp);
}
