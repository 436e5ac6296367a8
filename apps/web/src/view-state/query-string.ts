// Query string <-> ViewState, field by field. A broken field falls back alone and is named; nothing ever throws.
//
//   ?v=1&q=verdict:DROPPED&sort=-time&flow=...     only fields that differ from their fallback are written

import { UPGRADE_STEPS, upgradeParams, VIEW_VERSION, type ViewParams } from './upgrade.ts';
import { VIEW_FIELDS, VIEW_KEYS } from './fields.ts';
import type { ViewKey, ViewState } from './view-state.ts';

/** Something in the address that could not be used as it stands, in one or two sentences. */
export type ViewNotice = { readonly param: string; readonly message: string };

export type ReadView = { readonly view: ViewState; readonly notices: readonly ViewNotice[] };

type Draft = { -readonly [K in ViewKey]: ViewState[K] };

export const DEFAULT_VIEW: ViewState = {
  filter: VIEW_FIELDS.filter.fallback,
  file: VIEW_FIELDS.file.fallback,
  local: VIEW_FIELDS.local.fallback,
  pausedAtNs: VIEW_FIELDS.pausedAtNs.fallback,
  window: VIEW_FIELDS.window.fallback,
  split: VIEW_FIELDS.split.fallback,
  panes: VIEW_FIELDS.panes.fallback,
  beside: VIEW_FIELDS.beside.fallback,
  sizes: VIEW_FIELDS.sizes.fallback,
  full: VIEW_FIELDS.full.fallback,
  columns: VIEW_FIELDS.columns.fallback,
  sort: VIEW_FIELDS.sort.fallback,
  group: VIEW_FIELDS.group.fallback,
  lines: VIEW_FIELDS.lines.fallback,
  find: VIEW_FIELDS.find.fallback,
  flow: VIEW_FIELDS.flow.fallback,
  time: VIEW_FIELDS.time.fallback,
  zone: VIEW_FIELDS.zone.fallback,
  detail: VIEW_FIELDS.detail.fallback,
  mapScope: VIEW_FIELDS.mapScope.fallback,
  mapPick: VIEW_FIELDS.mapPick.fallback,
  mapFolds: VIEW_FIELDS.mapFolds.fallback,
  mapFocus: VIEW_FIELDS.mapFocus.fallback,
  mapHops: VIEW_FIELDS.mapHops.fallback,
  mapTable: VIEW_FIELDS.mapTable.fallback,
  callsBy: VIEW_FIELDS.callsBy.fallback,
  callsOnly: VIEW_FIELDS.callsOnly.fallback,
  callsOpen: VIEW_FIELDS.callsOpen.fallback,
};

/** `search` with or without its question mark; `steps` and `version` are given by tests only. */
export function readView(search: string, steps = UPGRADE_STEPS, version = VIEW_VERSION): ReadView {
  const notices: ViewNotice[] = [];
  const written = collectParams(search, notices);
  const from = readVersion(written.get('v'), version, notices);
  const params = new Map(upgradeParams(written, from, steps));
  params.delete('v');
  const draft: Draft = { ...DEFAULT_VIEW };
  for (const key of VIEW_KEYS) {
    readField(key, params, draft, notices);
    params.delete(VIEW_FIELDS[key].param);
  }
  for (const param of params.keys()) {
    notices.push({
      param,
      message: `The address holds ${param}=, which this version does not know. It was left out.`,
    });
  }
  return { view: draft, notices };
}

/** The query string with its question mark; equal views give equal text. */
export function formatView(view: ViewState): string {
  const parts = [`v=${VIEW_VERSION}`];
  for (const key of VIEW_KEYS) {
    const text = formatField(key, view[key]);
    if (text !== formatField(key, DEFAULT_VIEW[key])) {
      parts.push(`${VIEW_FIELDS[key].param}=${encodeValue(text)}`);
    }
  }
  return `?${parts.join('&')}`;
}

function formatField<K extends ViewKey>(key: K, value: ViewState[K]): string {
  return VIEW_FIELDS[key].format(value);
}

function readField<K extends ViewKey>(
  key: K,
  params: ViewParams,
  draft: { [P in K]: ViewState[P] },
  notices: ViewNotice[],
): void {
  const field = VIEW_FIELDS[key];
  const text = params.get(field.param);
  if (text === undefined) return;
  const parsed = field.parse(text);
  if (parsed.ok) {
    draft[key] = parsed.value;
    return;
  }
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  const used = field.format(field.fallback);
  notices.push({
    param: field.param,
    message: `${field.param}=${shown} in the address is no use for ${field.title}: ${parsed.error}. ${
      used === '' ? 'It was left out.' : `Using ${used}.`
    }`,
  });
}

function readVersion(text: string | undefined, newest: number, notices: ViewNotice[]): number {
  if (text === undefined) return newest;
  const version = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
  if (version === undefined) {
    notices.push({
      param: 'v',
      message: `v=${text.slice(0, 60)} in the address is not a version. Reading it as version ${newest}.`,
    });
    return newest;
  }
  if (version > newest) {
    notices.push({
      param: 'v',
      message: `This link was made by a newer Finderscope (v=${version}; this one knows ${newest}). What it shows may differ.`,
    });
    return newest;
  }
  return version;
}

function collectParams(search: string, notices: ViewNotice[]): ViewParams {
  const params = new Map<string, string>();
  for (const [param, text] of new URLSearchParams(search)) {
    if (params.has(param)) {
      notices.push({ param, message: `The address holds ${param}= more than once. The first one is used.` });
    } else {
      params.set(param, text);
    }
  }
  return params;
}

/** Percent-encodes what would break a query string or a pasted link, and leaves `:`, `/` and `,` readable. */
function encodeValue(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',')
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
