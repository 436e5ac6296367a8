// The proxies of proxies.spec.ts, each with the least that it is told, and with a time-out for silence that is a twentieth
// of the 60 seconds that nginx has by default: less, and a machine that is busy for a moment takes itself for silent.

import { readFileSync, writeFileSync } from 'node:fs';
import { envoyConfig } from './envoy.ts';
import { nginxConfig, type ProxyKind, type ProxyPlace } from './proxies.ts';

const IDLE_S = 3;

export type ProxyCase = {
  readonly name: string;
  readonly kind: ProxyKind;
  readonly http2: boolean;
  /** Where the proxy puts the gateway; '' or '/sub/path'. */
  readonly prefix: string;
  readonly configure: (place: ProxyPlace) => string;
};

const nginxTls = ({ port, files }: ProxyPlace): string =>
  `listen 127.0.0.1:${port} ssl http2; ssl_certificate ${files.cert}; ssl_certificate_key ${files.key};`;

const haproxy = (place: ProxyPlace, bind: string, server: string): string => `
global
  log stderr format raw local0 emerg
defaults
  mode http
  timeout connect 2s
  timeout client ${IDLE_S}s
  timeout server ${IDLE_S}s
frontend web
  bind 127.0.0.1:${place.port} ${bind}
  default_backend gateway
backend gateway
  server gateway 127.0.0.1:${place.gatewayPort} ${server}
`;

const envoy = (place: ProxyPlace, options: { readonly tls: boolean; readonly convert: boolean }): string =>
  envoyConfig({
    port: place.port,
    idle: `${IDLE_S}s`,
    convert: options.convert,
    // What is converted to gRPC goes on over HTTP/2; the gateway tells the two apart on one port.
    routes: [{ prefix: '/', host: '127.0.0.1', port: place.gatewayPort, http2: options.convert }],
    ...(options.tls ? { tls: place.files } : {}),
  });

export const PROXY_CASES: readonly ProxyCase[] = [
  {
    name: 'nginx, HTTP/1.1, with the buffering that it has by default',
    kind: 'nginx',
    http2: false,
    prefix: '',
    configure: (place) =>
      nginxConfig(
        place,
        `listen 127.0.0.1:${place.port};`,
        `location / { proxy_pass http://127.0.0.1:${place.gatewayPort}; proxy_read_timeout ${IDLE_S}s; }`,
      ),
  },
  {
    name: 'nginx, HTTP/2 with TLS, under a sub-path that it strips',
    kind: 'nginx',
    http2: true,
    prefix: '/tools/finder',
    configure: (place) =>
      nginxConfig(
        place,
        nginxTls(place),
        `location /tools/finder/ { proxy_pass http://127.0.0.1:${place.gatewayPort}/; proxy_http_version 1.1; proxy_read_timeout ${IDLE_S}s; }`,
      ),
  },
  {
    name: 'HAProxy, HTTP/1.1',
    kind: 'haproxy',
    http2: false,
    prefix: '',
    configure: (place) => haproxy(place, '', ''),
  },
  {
    name: 'HAProxy, HTTP/2 with TLS in front and HTTP/2 behind',
    kind: 'haproxy',
    http2: true,
    prefix: '',
    configure: (place) => {
      const pem = `${place.folder}/both.pem`;
      writePem(pem, place);
      return haproxy(place, `ssl crt ${pem} alpn h2,http/1.1`, 'proto h2');
    },
  },
  {
    name: 'Envoy, HTTP/1.1',
    kind: 'envoy',
    http2: false,
    prefix: '',
    configure: (place) => envoy(place, { tls: false, convert: false }),
  },
  {
    name: 'Envoy, HTTP/1.1 in front, gRPC-web converted to gRPC',
    kind: 'envoy',
    http2: false,
    prefix: '',
    configure: (place) => envoy(place, { tls: false, convert: true }),
  },
  {
    name: 'Envoy, HTTP/2 with TLS in front, gRPC-web converted to gRPC',
    kind: 'envoy',
    http2: true,
    prefix: '',
    configure: (place) => envoy(place, { tls: true, convert: true }),
  },
];

function writePem(file: string, { files }: ProxyPlace): void {
  writeFileSync(file, `${readFileSync(files.cert, 'utf8')}\n${readFileSync(files.key, 'utf8')}`);
}
