// What a request asked its host for, as it stands in the URL. Nothing is decoded, escaped or resolved: `/a/../b` is not
// what `/b` is, least of all to somebody who looks for an attack.

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Path and query of a URL with a host; anything else unchanged. */
export function requestTarget(url: string): string {
  const origin = ORIGIN.exec(url)?.[0];
  if (origin === undefined) return url;
  return origin.length === url.length ? '/' : url.slice(origin.length);
}
