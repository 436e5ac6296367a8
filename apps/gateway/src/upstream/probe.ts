// When HTTP/2 does not come about, a second look at what the server does speak. Only ever used to word a failure.

import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ServerAddress } from '../config/addresses.ts';
import type { Spoken } from './failure.ts';

/** Client preface with an empty SETTINGS frame: what a gRPC client would send first. */
const HTTP2_HELLO = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');
const LOOK_MS = 1000;

/** Opens connections of its own, at most two, each for at most a second. */
export async function probeSpoken(address: ServerAddress): Promise<Spoken> {
  const first = await firstBytes(address);
  if (first.bytes.length > 0) return classify(first.bytes);
  if (await answersTls(address)) return 'tls';
  return first.closed ? 'closed' : 'silent';
}

function classify(bytes: Buffer): Spoken {
  // A TLS record: alert or handshake, version 3.x.
  if ((bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3) return 'tls';
  const text = bytes.toString('latin1');
  if (text.startsWith('HTTP/1')) return /HTTPS server|HTTPS port/i.test(text) ? 'tls' : 'http1';
  return 'other';
}

function firstBytes(address: ServerAddress): Promise<{ readonly bytes: Buffer; readonly closed: boolean }> {
  return new Promise((resolve) => {
    const socket = openSocket(address);
    const finish = (bytes: Buffer, closed: boolean): void => {
      socket.destroy();
      resolve({ bytes, closed });
    };
    socket.setTimeout(LOOK_MS, () => finish(Buffer.alloc(0), false));
    socket.on('connect', () => socket.write(HTTP2_HELLO));
    socket.once('data', (bytes: Buffer) => finish(bytes, false));
    socket.on('error', () => finish(Buffer.alloc(0), true));
    socket.on('close', () => finish(Buffer.alloc(0), true));
  });
}

function answersTls(address: ServerAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({
      socket: openSocket(address),
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
    });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(LOOK_MS, () => finish(false));
    socket.on('secureConnect', () => finish(true));
    // An alert is an answer in TLS too.
    socket.on('error', (error: NodeJS.ErrnoException) => finish(/ALERT/.test(error.code ?? '')));
    socket.on('close', () => finish(false));
  });
}

function openSocket(address: ServerAddress): Socket {
  return address.kind === 'unix'
    ? connectTcp({ path: address.path })
    : connectTcp({ host: address.host, port: address.port });
}
