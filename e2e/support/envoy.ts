// Envoy's configuration, as little as works: one listener, and clusters that paths lead to.

export type EnvoyRoute = {
  /** Beginning of the paths; the first route that fits is taken. */
  readonly prefix: string;
  /** Host and port behind it. */
  readonly host: string;
  readonly port: number;
  /** Spoken behind it; gRPC needs HTTP/2. */
  readonly http2: boolean;
};

export type EnvoyOptions = {
  readonly port: number;
  readonly routes: readonly EnvoyRoute[];
  /** Silence after which a stream is ended, as Envoy writes times: '1s'. */
  readonly idle: string;
  /** Turns gRPC-web into gRPC on the way. */
  readonly convert: boolean;
  /** PEM files; with them the listener speaks TLS, with HTTP/2 for who wants it. */
  readonly tls?: { readonly cert: string; readonly key: string };
};

const TYPE = 'type.googleapis.com/envoy.extensions';

/** JSON, which Envoy reads as well as YAML. */
export function envoyConfig({ port, routes, idle, convert, tls }: EnvoyOptions): string {
  const filters = [
    ...(convert ? [['envoy.filters.http.grpc_web', 'grpc_web.v3.GrpcWeb']] : []),
    ['envoy.filters.http.router', 'router.v3.Router'],
  ];
  const manager = {
    '@type': `${TYPE}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'web',
    stream_idle_timeout: idle,
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: routes.map(({ prefix }, i) => ({
            match: { prefix },
            // Without it every answer ends after 15 seconds.
            route: { cluster: `cluster-${i}`, timeout: '0s' },
          })),
        },
      ],
    },
    http_filters: filters.map(([name, type]) => ({
      name,
      typed_config: { '@type': `${TYPE}.filters.http.${type}` },
    })),
  };
  const chain = {
    filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }],
    ...(tls === undefined ? {} : { transport_socket: tlsSocket(tls) }),
  };
  return JSON.stringify({
    static_resources: {
      listeners: [{ address: addressOf('127.0.0.1', port), filter_chains: [chain] }],
      clusters: routes.map((route, i) => clusterOf(`cluster-${i}`, route)),
    },
  });
}

function addressOf(host: string, port: number): unknown {
  return { socket_address: { address: host, port_value: port } };
}

function clusterOf(name: string, { host, port, http2 }: EnvoyRoute): unknown {
  const endpoint = { address: addressOf(host, port) };
  const protocol = http2 ? 'http2_protocol_options' : 'http_protocol_options';
  return {
    name,
    type: 'STATIC',
    connect_timeout: '2s',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': `${TYPE}.upstreams.http.v3.HttpProtocolOptions`,
        explicit_http_config: { [protocol]: {} },
      },
    },
  };
}

function tlsSocket({ cert, key }: { readonly cert: string; readonly key: string }): unknown {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${TYPE}.transport_sockets.tls.v3.DownstreamTlsContext`,
      common_tls_context: {
        alpn_protocols: ['h2', 'http/1.1'],
        tls_certificates: [{ certificate_chain: { filename: cert }, private_key: { filename: key } }],
      },
    },
  };
}
