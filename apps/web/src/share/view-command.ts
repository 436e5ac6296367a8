// The view as a `hubble observe` command: what is filtered, the time looked at, and where the flows come from.

import { type CopyOptions, queryToCommand } from '@finderscope/flow-query';
import type { ServerConfig } from '../server/index.ts';
import { formatInstant, type TimeRange, type ViewState } from '../view-state/index.ts';

export type CommandSource = {
  /** The filter in force. */
  readonly filter: string;
  readonly view: Pick<ViewState, 'pausedAtNs' | 'window' | 'file' | 'local'>;
  readonly range: TimeRange;
  /** Where the flows come from, as far as the gateway tells. */
  readonly relay: Pick<ServerConfig, 'server' | 'tls'>;
};

export function viewCommand({ filter, view, range, relay }: CommandSource): string {
  const files = [...view.file, ...view.local].map(nameOf);
  return queryToCommand(
    filter,
    // Files do not go on: even a window that slides ends where they end.
    files.length > 0 ? { files, ...moments(range) } : { server: serverFlag(relay), ...times(view, range) },
  );
}

/** Without the scheme the CLI would speak cleartext to a port that wants TLS. A socket's path stays as it is. */
function serverFlag({ server, tls }: CommandSource['relay']): string | undefined {
  return server === undefined || tls !== true || server.includes('://') ? server : `tls://${server}`;
}

/** RFC 3339 for --since and --until; a window that slides is a span, and what goes on is followed. */
function times({ window, pausedAtNs }: CommandSource['view'], range: TimeRange): CopyOptions {
  if (pausedAtNs === undefined && window?.kind === 'last') {
    return { since: `${String(window.spanMs / 1000)}s`, follow: true };
  }
  return { ...moments(range), ...(range.untilNs === undefined ? { follow: true } : {}) };
}

function moments({ sinceNs, untilNs }: TimeRange): CopyOptions {
  return {
    ...(sinceNs === undefined ? {} : { since: formatInstant(sinceNs) }),
    ...(untilNs === undefined ? {} : { until: formatInstant(untilNs) }),
  };
}

/** Of a file beside the page, what it is called once it has been fetched. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
