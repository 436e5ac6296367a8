// Addresses as people type them: HOST:PORT, [v6]:PORT, tls://HOST:PORT, unix:///PATH.

import { err, ok, type Result } from '@finderscope/base';

export type ServerAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export type HostPort = { readonly host: string; readonly port: number };

/** As it is shown: `relay:4245`, `[::1]:4245`, `unix:///run/hubble.sock`. */
export function formatServerAddress(address: ServerAddress): string {
  return address.kind === 'unix' ? `unix://${address.path}` : formatHostPort(address);
}

export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Parses HOST:PORT; the host may be empty (every interface) or bracketed IPv6. The error is half a sentence. */
export function parseHostPort(text: string): Result<HostPort, string> {
  const match = /^(?:\[([0-9a-fA-F:.%a-z]+)\]|([^:[\]/\s]*)):([^:]*)$/.exec(text);
  if (match === null) {
    if (/^[0-9a-fA-F:]+:[0-9a-fA-F:]*$/.test(text)) {
      return err('needs brackets around an IPv6 address, e.g. [::1]:4245');
    }
    if (!text.includes(':')) return err('has no port; write HOST:PORT');
    return err('is not HOST:PORT');
  }
  const host = match[1] ?? match[2] ?? '';
  const portText = match[3] ?? '';
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) {
    return err(`has "${portText}" as its port; a port is a number from 0 to 65535`);
  }
  return ok({ host, port });
}

/** Parses --server. `tls` is true when the text itself asks for TLS. The error is half a sentence. */
export function parseServer(
  text: string,
): Result<{ readonly address: ServerAddress; readonly tls: boolean }, string> {
  if (text.startsWith('unix:')) {
    const path = text.replace(/^unix:(\/\/)?/, '');
    return path.startsWith('/')
      ? ok({ address: { kind: 'unix', path }, tls: false })
      : err('needs an absolute path, e.g. unix:///var/run/cilium/hubble.sock');
  }
  if (/^https?:/.test(text))
    return err('is a gRPC address, without http:// or https://; use HOST:PORT or tls://HOST:PORT');
  const tls = text.startsWith('tls://');
  const hostPort = parseHostPort(tls ? text.slice('tls://'.length) : text);
  if (!hostPort.ok) return hostPort;
  if (hostPort.value.host === '') return err('has no host; write HOST:PORT');
  if (hostPort.value.port === 0)
    return err('has port 0; Relay listens on 4245, its Kubernetes service on 80 or 443');
  return ok({ address: { kind: 'tcp', ...hostPort.value }, tls });
}
