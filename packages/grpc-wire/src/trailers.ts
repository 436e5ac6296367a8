// Trailers: the status of a call. On the wire gRPC sends them as HTTP/2 headers, gRPC-web as a text frame.

import { encodeFrame, FLAG_TRAILERS } from './frame.ts';

export type Trailers = {
  /** grpc-status; -1 when it was missing or not a number. */
  readonly code: number;
  /** grpc-message, unescaped. */
  readonly message: string;
};

const encoder = new TextEncoder();

/** Percent-escapes a status message as the gRPC-over-HTTP/2 specification asks: printable ASCII except `%` stays. */
export function escapeGrpcMessage(message: string): string {
  let out = '';
  for (const byte of encoder.encode(message)) {
    out +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** Undoes the escaping; what is not valid escaping stays as it is, as the specification asks. */
export function unescapeGrpcMessage(text: string): string {
  if (!text.includes('%')) return text;
  const raw = encoder.encode(text);
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] === 0x25 ? String.fromCharCode(raw[i + 1] ?? 0, raw[i + 2] ?? 0) : '';
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else {
      bytes[length++] = raw[i]!;
    }
  }
  // Keeps a leading U+FEFF: it is part of the message.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, length));
}

/** The closing frame of a gRPC-web response. */
export function encodeTrailerFrame(code: number, message = ''): Uint8Array {
  return encodeMetadataFrame([
    ['grpc-status', String(code)],
    ['grpc-message', escapeGrpcMessage(message)],
  ]);
}

/** The closing frame with trailers as they came: names in lower case, values already escaped and free of CR and LF. */
export function encodeMetadataFrame(entries: Iterable<readonly [name: string, value: string]>): Uint8Array {
  let text = '';
  for (const [name, value] of entries) text += `${name}: ${value}\r\n`;
  return encodeFrame(encoder.encode(text), FLAG_TRAILERS);
}

/** Reads the body of a gRPC-web trailer frame. Names are compared without regard to case. */
export function parseTrailerBody(body: Uint8Array): Trailers {
  let code = -1;
  let message = '';
  for (const line of new TextDecoder().decode(body).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'grpc-status' && /^\d+$/.test(value)) code = Number(value);
    if (name === 'grpc-message') message = unescapeGrpcMessage(value);
  }
  return { code, message };
}
