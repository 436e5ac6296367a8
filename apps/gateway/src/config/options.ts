// Every option of the gateway, once. Flags, FINDERSCOPE_* variables, --help and the README's table derive from it.

export type OptionKind = 'text' | 'list' | 'switch' | 'duration' | 'count' | 'file' | 'directory';

export type OptionDef = {
  /** Without the leading dashes. The hubble CLI's name where it has one. */
  readonly flag: string;
  readonly kind: OptionKind;
  /** What stands for the value in help. */
  readonly placeholder: string;
  /** As it would be typed; '' when there is none. */
  readonly default: string;
  readonly doc: string;
  readonly group: 'Source' | 'Listening' | 'Page' | 'Operation';
};

export const OPTIONS = [
  {
    flag: 'server',
    kind: 'text',
    placeholder: 'HOST:PORT',
    default: 'localhost:4245',
    doc: 'Hubble Relay (or one agent). `tls://HOST:PORT` turns TLS on, `unix:///PATH` is a socket.',
    group: 'Source',
  },
  {
    flag: 'tls',
    kind: 'switch',
    placeholder: '',
    default: 'false',
    doc: 'Speak TLS (1.3 or newer) to the server.',
    group: 'Source',
  },
  {
    flag: 'tls-ca-cert-files',
    kind: 'list',
    placeholder: 'FILE,...',
    default: '',
    doc: 'PEM files of the authorities that sign the server certificate, instead of the well-known ones.',
    group: 'Source',
  },
  {
    flag: 'tls-client-cert-file',
    kind: 'file',
    placeholder: 'FILE',
    default: '',
    doc: 'PEM certificate shown to the server (mutual TLS).',
    group: 'Source',
  },
  {
    flag: 'tls-client-key-file',
    kind: 'file',
    placeholder: 'FILE',
    default: '',
    doc: 'PEM key of that certificate.',
    group: 'Source',
  },
  {
    flag: 'tls-server-name',
    kind: 'text',
    placeholder: 'NAME',
    default: '',
    doc: 'Name expected in the server certificate, e.g. `instance.hubble-relay.cilium.io`.',
    group: 'Source',
  },
  {
    flag: 'tls-allow-insecure',
    kind: 'switch',
    placeholder: '',
    default: 'false',
    doc: 'Do not verify the server certificate. For trying things out only.',
    group: 'Source',
  },
  {
    flag: 'dial-timeout',
    kind: 'duration',
    placeholder: 'TIME',
    default: '5s',
    doc: 'How long reaching the server may take before the page is told why it failed.',
    group: 'Source',
  },
  {
    flag: 'source-name',
    kind: 'text',
    placeholder: 'NAME',
    default: '',
    doc: 'Name of the cluster as the page shows it. Without it, the server address.',
    group: 'Source',
  },
  {
    flag: 'demo',
    kind: 'switch',
    placeholder: '',
    default: 'false',
    doc: 'Tell the page that the source is the demo cluster.',
    group: 'Source',
  },
  {
    flag: 'redact',
    kind: 'list',
    placeholder: 'KIND,...',
    default: '',
    doc: 'Mask in all flows: `header-values`, `query-strings`, `user-info` (names and passwords in URLs), `kafka-client-ids`, or `all`. The gateway then decodes every flow.',
    group: 'Source',
  },
  {
    flag: 'listen',
    kind: 'text',
    placeholder: 'HOST:PORT',
    default: 'localhost:12000',
    doc: 'Where browsers connect; `:12000` is every interface. The next free port is taken only when this is not given.',
    group: 'Listening',
  },
  {
    flag: 'listen-tls-cert-file',
    kind: 'file',
    placeholder: 'FILE',
    default: '',
    doc: 'PEM certificate chain for browsers; turns on HTTPS with HTTP/2.',
    group: 'Listening',
  },
  {
    flag: 'listen-tls-key-file',
    kind: 'file',
    placeholder: 'FILE',
    default: '',
    doc: 'PEM key of that certificate.',
    group: 'Listening',
  },
  {
    flag: 'base-path',
    kind: 'text',
    placeholder: 'PATH',
    default: '/',
    doc: 'Path under which the page is served, as the browser sees it.',
    group: 'Listening',
  },
  {
    flag: 'allow-origin',
    kind: 'list',
    placeholder: 'ORIGIN,...',
    default: '',
    doc: 'Origins other than the own one whose pages may call the API, e.g. `https://tools.example`.',
    group: 'Listening',
  },
  {
    flag: 'max-streams',
    kind: 'count',
    placeholder: 'N',
    default: '500',
    doc: 'Calls open at the same time; more are refused with RESOURCE_EXHAUSTED.',
    group: 'Listening',
  },
  {
    flag: 'web-dir',
    kind: 'directory',
    placeholder: 'DIR',
    default: '',
    doc: 'Folder of the built page. Without it, the one of this repository.',
    group: 'Page',
  },
  {
    flag: 'quick-filters-file',
    kind: 'file',
    placeholder: 'FILE',
    default: '',
    doc: 'YAML list of filters that the page offers to everybody, each with `name` and `filter`.',
    group: 'Page',
  },
  {
    flag: 'log-level',
    kind: 'text',
    placeholder: 'LEVEL',
    default: 'info',
    doc: '`debug`, `info`, `warn`, `error` or `silent`.',
    group: 'Operation',
  },
  {
    flag: 'log-format',
    kind: 'text',
    placeholder: 'FORMAT',
    default: 'text',
    doc: '`text` for people, `json` for machines.',
    group: 'Operation',
  },
  {
    flag: 'shutdown-timeout',
    kind: 'duration',
    placeholder: 'TIME',
    default: '10s',
    doc: 'How long open connections may take to end after SIGTERM or SIGINT.',
    group: 'Operation',
  },
] as const satisfies readonly OptionDef[];

export type OptionFlag = (typeof OPTIONS)[number]['flag'];

export const ENVIRONMENT_PREFIX = 'FINDERSCOPE_';

/** `tls-server-name` -> `FINDERSCOPE_TLS_SERVER_NAME`. */
export function environmentName(flag: string): string {
  return `${ENVIRONMENT_PREFIX}${flag.toUpperCase().replaceAll('-', '_')}`;
}
