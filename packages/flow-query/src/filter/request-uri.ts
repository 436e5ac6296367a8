// The path of an HTTP request's URL, read as Go's net/url reads a request URI. That is what http_path looks at.
//
//   http://shop.example/a%20b?x=1   ->  /a b        /a#b   ->  /a#b  (a request has no fragment)
//   mailto:x                        ->  ''          a/b    ->  undefined: neither absolute nor a path

import { checkAddress } from './address.ts';

const HEX_PAIR = /^[0-9a-fA-F]{2}$/;
/** ASCII characters that may not stand unescaped in a host. */
const BAD_IN_HOST = /[ #%/?@\\^`{|}]/;
const USERINFO = /^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/;

function wellFormedEscapes(text: string): boolean {
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 3)) {
    if (!HEX_PAIR.test(text.slice(at + 1, at + 3))) return false;
  }
  return true;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Undoes percent-encoding; undefined when a percent sign is not followed by two hex digits. */
function unescape(text: string): string | undefined {
  if (!text.includes('%')) return text;
  if (!wellFormedEscapes(text)) return undefined;
  const bytes = encoder.encode(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x25) {
      bytes[length++] = Number.parseInt(String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0), 16);
      i += 2;
    } else bytes[length++] = bytes[i] ?? 0;
  }
  return decoder.decode(bytes.subarray(0, length));
}

/** In a host only bytes beyond ASCII may be escaped, and %25. */
function validHostText(text: string): boolean {
  if (!wellFormedEscapes(text)) return false;
  return !BAD_IN_HOST.test(text.replace(/%(25|[89a-fA-F][0-9a-fA-F])/g, ''));
}

function validPort(text: string): boolean {
  return text === '' || /^:[0-9]*$/.test(text);
}

/** An address in brackets, perhaps with a zone after %25, and perhaps a port. */
function validBracketHost(host: string): boolean {
  const close = host.lastIndexOf(']');
  if (close < 0 || !validPort(host.slice(close + 1))) return false;
  const inner = host.slice(1, close);
  const zoneAt = inner.indexOf('%25');
  const name = zoneAt < 0 ? inner : inner.slice(0, zoneAt);
  const zone = zoneAt < 0 ? '' : inner.slice(zoneAt);
  if (!validHostText(name) || !wellFormedEscapes(zone)) return false;
  const address = (unescape(name) ?? '') + (unescape(zone) ?? '');
  return address.includes(':') && checkAddress(address).ok;
}

/** Colons before the last one pass, as they do for the Go version that Hubble is written for. */
function validHost(host: string): boolean {
  const open = host.lastIndexOf('[');
  if (open > 0) return false;
  if (open === 0) return validBracketHost(host);
  const colon = host.lastIndexOf(':');
  return (colon < 0 || validPort(host.slice(colon))) && validHostText(host);
}

function validAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  return USERINFO.test(user) && wellFormedEscapes(user) && validHost(authority.slice(at + 1));
}

/** The decoded path; undefined when the URL is not one that a request can carry. */
export function requestPath(url: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (url === '' || /[\x00-\x1f\x7f]/.test(url)) return undefined;
  if (url === '*') return '*';
  if (url.startsWith(':')) return undefined;
  const scheme = /^[A-Za-z][-A-Za-z0-9+.]*(?=:)/.exec(url)?.[0];
  const afterScheme = scheme === undefined ? url : url.slice(scheme.length + 1);
  const query = afterScheme.indexOf('?');
  const rest = query < 0 ? afterScheme : afterScheme.slice(0, query);
  if (!rest.startsWith('/')) return scheme === undefined ? undefined : '';
  if (scheme === undefined || !rest.startsWith('//')) return unescape(rest);
  const pathAt = rest.indexOf('/', 2);
  const authority = pathAt < 0 ? rest.slice(2) : rest.slice(2, pathAt);
  if (!validAuthority(authority)) return undefined;
  return pathAt < 0 ? '' : unescape(rest.slice(pathAt));
}
