// A gateway that listens on this machine only is still reached by any page whose name an attacker lets resolve to
// 127.0.0.1: to the browser that page and the gateway are then one origin. The Host header gives it away.

import { isIP } from 'node:net';
import { type Exchange, headerOf } from './exchange.ts';

/** Addresses only programs on this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** True for a Host that is neither this machine, nor a bare address, nor the host of an allowed origin. */
export function isStrangeHost({ request }: Exchange, allowedOrigins: readonly string[]): boolean {
  const authority = headerOf(request, ':authority') ?? headerOf(request, 'host');
  if (authority === undefined || !URL.canParse(`http://${authority}`)) return true;
  const host = new URL(`http://${authority}`).hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || host.endsWith('.localhost') || isIP(host) !== 0) return false;
  return !allowedOrigins.some((origin) => new URL(origin).hostname === host);
}
