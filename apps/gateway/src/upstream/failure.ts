// Why there is no connection to the server: the step that failed, and one text that names it and the mend. The
// text reaches the browser as grpc-message, so it is written for the person in front of it.

import { type ServerAddress, formatServerAddress } from '../config/addresses.ts';

export type DialStep = 'certificate-files' | 'name-resolution' | 'tcp' | 'tls' | 'http2' | 'closed';

export type UpstreamFailure = { readonly step: DialStep; readonly message: string };

/** What a failed step is told about; kept small so that texts can be tested without a network. */
export type DialTarget = {
  readonly address: ServerAddress;
  readonly tls: boolean;
  /** The name asked for in the certificate. */
  readonly serverName: string;
  readonly timeoutMs: number;
};

type ErrorFacts = {
  readonly code: string;
  readonly message: string;
  /** subjectAltName of the certificate shown, when the name did not fit. */
  readonly altNames: string;
};

export function resolutionFailure(target: DialTarget, error: unknown): UpstreamFailure {
  const { code } = factsOf(error);
  const host = target.address.kind === 'tcp' ? target.address.host : target.address.path;
  const message =
    code === 'EAI_AGAIN'
      ? `The name server does not answer for ${host} (${code}). Check the DNS of the machine the gateway runs on.`
      : `The name ${host} cannot be resolved (${code}). Check --server; inside a cluster the full name is ` +
        'hubble-relay.kube-system.svc.cluster.local.';
  return { step: 'name-resolution', message };
}

export function tcpFailure(target: DialTarget, error: unknown): UpstreamFailure {
  const { code, message } = factsOf(error);
  return { step: 'tcp', message: tcpText(formatServerAddress(target.address), code, message) };
}

function tcpText(at: string, code: string, message: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return (
        `Nothing listens on ${at} (connection refused). Start Relay there, or forward its port: ` +
        'kubectl -n kube-system port-forward service/hubble-relay 4245:80.'
      );
    case 'ENOENT':
      return `There is no socket at ${at}. Check --server.`;
    case 'EACCES':
      return `The gateway may not open ${at} (permission denied).`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no route to ${at} (${code}). Check --server and the network between here and there.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${at} closed the connection at once (${code}). A firewall or proxy may stand in between.`;
    default:
      return `Cannot connect to ${at}: ${message}.`;
  }
}

/** Nothing happened within the dial time-out; `step` is the one that was under way. */
export function timeoutFailure(target: DialTarget, step: DialStep): UpstreamFailure {
  const at = formatServerAddress(target.address);
  const within = `within ${target.timeoutMs / 1000} s`;
  switch (step) {
    case 'name-resolution':
      return {
        step,
        message: `The name server does not answer for ${at} ${within}. Check the DNS of this machine.`,
      };
    case 'tcp':
      return {
        step,
        message: `${at} does not answer ${within}. A firewall or network policy may drop the packets, or the host is down.`,
      };
    case 'tls':
      return {
        step,
        message: `${at} accepts the connection but does not finish the TLS handshake ${within}. It may not speak TLS; try without --tls.`,
      };
    default:
      return {
        step,
        message: `${at} accepts the connection but does not speak HTTP/2 ${within}, so it is not a gRPC server, or it hangs.`,
      };
  }
}

export function tlsFailure(target: DialTarget, error: unknown): UpstreamFailure {
  return { step: 'tls', message: tlsText(target, factsOf(error)) };
}

function tlsText(target: DialTarget, facts: ErrorFacts): string {
  const at = formatServerAddress(target.address);
  const { code, message, altNames } = facts;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return nameMismatchText(target.serverName, altNames);
  if (
    /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|SELF_SIGNED|DEPTH_ZERO|CERT_SIGNATURE_FAILURE)/.test(
      code,
    )
  ) {
    return (
      `The certificate of ${at} is signed by an authority that is not known here (${code}). ` +
      'Give its CA with --tls-ca-cert-files (in Kubernetes: ca.crt of the secret hubble-relay-client-certs).'
    );
  }
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${at} has expired. Renew it on the server.`;
  if (code === 'CERT_NOT_YET_VALID') return `The certificate of ${at} is not valid yet. Check the clocks.`;
  if (/CERTIFICATE_REQUIRED/.test(code)) {
    return `${at} asks for a client certificate (mutual TLS). Give one with --tls-client-cert-file and --tls-client-key-file.`;
  }
  if (
    /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED|ACCESS_DENIED|DECRYPT_ERROR)/.test(
      code,
    )
  ) {
    return (
      `${at} does not accept the client certificate (${code}). It must be signed by the client CA that Relay trusts ` +
      'and not have expired; check --tls-client-cert-file.'
    );
  }
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code)) {
    return `${at} does not speak TLS 1.3, which Hubble demands. This is not Relay, or a proxy in front of it.`;
  }
  if (/NO_APPLICATION_PROTOCOL/.test(code)) return noHttp2Text(at);
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER|BAD_RECORD_TYPE/.test(code)) {
    return `${at} does not speak TLS. Leave --tls away, or use the TLS port of Relay.`;
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return (
      `${at} closed the connection during the TLS handshake. It may not speak TLS (try without --tls), ` +
      'or ask for a client certificate (--tls-client-cert-file, --tls-client-key-file).'
    );
  }
  return `The TLS handshake with ${at} failed: ${message}.`;
}

export function noHttp2Failure(target: DialTarget): UpstreamFailure {
  return { step: 'tls', message: noHttp2Text(formatServerAddress(target.address)) };
}

function noHttp2Text(at: string): string {
  return `${at} speaks TLS but not HTTP/2 (no ALPN "h2"), so it is not a gRPC server. Check --server.`;
}

/** "DNS:*.hubble-relay.cilium.io, DNS:x" -> the sentence with the name to use. */
function nameMismatchText(asked: string, altNames: string): string {
  const names = altNames
    .split(',')
    .map((entry) => entry.trim().replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  const shown = names.length === 0 ? 'no name at all' : names.slice(0, 4).join(', ');
  const usable = names.find((name) => /[a-z]/i.test(name))?.replace(/^\*/, 'relay');
  const mend =
    usable === undefined ? 'Give the server a certificate with a name.' : `Use --tls-server-name ${usable}.`;
  return `The certificate is for ${shown}, and we asked for ${asked}. ${mend}`;
}

/** What a look at the first bytes of the server told. */
export type Spoken = 'tls' | 'http1' | 'closed' | 'other' | 'silent';

export function notHttp2Failure(target: DialTarget, spoken: Spoken): UpstreamFailure {
  const at = formatServerAddress(target.address);
  switch (spoken) {
    case 'tls':
      return {
        step: 'http2',
        message: `${at} speaks TLS, and we spoke without. Use --tls (or tls://${at}).`,
      };
    case 'http1':
      return {
        step: 'http2',
        message: `${at} speaks HTTP/1, not gRPC. It is some other server; check --server.`,
      };
    case 'closed':
      return {
        step: 'http2',
        message: `${at} accepts the connection and closes it without speaking HTTP/2, so it is not a gRPC server. A port-forward whose pod is gone does this too.`,
      };
    case 'silent':
      return timeoutFailure(target, 'http2');
    case 'other':
      return {
        step: 'http2',
        message: `${at} answers with something that is not HTTP/2, so it is not a gRPC server. Check --server.`,
      };
  }
}

export function certificateFileFailure(error: unknown): UpstreamFailure {
  return {
    step: 'certificate-files',
    message: `The certificate files cannot be used: ${factsOf(error).message}.`,
  };
}

/** Reads what Node attaches to network and TLS errors; an AggregateError speaks through its first part. */
export function factsOf(error: unknown): ErrorFacts {
  if (error instanceof AggregateError && error.errors.length > 0) return factsOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', message: String(error), altNames: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error.message.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  return { code, message, altNames: altNamesOf(error) };
}

function altNamesOf(error: Error): string {
  if (!('cert' in error) || typeof error.cert !== 'object' || error.cert === null) return '';
  const { cert } = error;
  return 'subjectaltname' in cert && typeof cert.subjectaltname === 'string' ? cert.subjectaltname : '';
}
