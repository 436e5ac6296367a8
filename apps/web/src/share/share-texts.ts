// Every text that can be copied of a view and its selected flow, and what is said once it is copied. Fetched when the
// first one is wanted.

import { fromBinary } from '@bufbuild/protobuf';
import {
  compactLine,
  leftOutText,
  maskedText,
  maskResponse,
  queryToRawFilters,
  queryToRawFiltersJson,
  toJsonpb,
} from '@finderscope/flow-query';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { newestRows } from '../panes/newest-rows.ts';
import type { Engine } from '../engine/protocol.ts';
import { elsewhereFilter, isSeenSince } from '../explain/policies-in-play.ts';
import type { LinkFlow } from '../panes/link-flow.ts';
import { type ViewState } from '../view-state/index.ts';
import { makeLink, type MadeLink } from './make-link.ts';
import { flowMarkdown } from './markdown.ts';
import { selectedFlow } from './selected-flow.ts';
import { type CommandSource, viewCommand } from './view-command.ts';

export type ShareKind =
  | 'link'
  | 'view-link'
  | 'markdown'
  | 'command'
  | 'filters'
  | 'filters-json'
  | 'line'
  | 'json';

export type LinkSource = {
  readonly engine: Engine;
  readonly linked: LinkFlow;
  readonly view: ViewState;
  /** The page's address without query and fragment. */
  readonly base: string;
  /** Values that may be secret are masked in links and Markdown. */
  readonly mask: boolean;
};

export type ShareSource = LinkSource & CommandSource;

/** `said` begins with what was copied, as in "Link copied". */
export type ShareText =
  | { readonly ok: true; readonly text: string; readonly said: string }
  | { readonly ok: false; readonly said: string };

const GONE: ShareText = { ok: false, said: 'The bytes of this flow are no longer held.' };

export async function shareText(kind: ShareKind, source: ShareSource): Promise<ShareText> {
  switch (kind) {
    case 'view-link':
      return linkText(await makeLink({ ...source, flow: undefined }));
    case 'link':
      return flowLink(source);
    case 'markdown':
      return markdown(source);
    case 'command':
      return copied(viewCommand(source), 'Command copied');
    case 'filters':
      return copied(queryToRawFilters(source.filter), 'Raw filters copied');
    case 'filters-json':
      return copied(queryToRawFiltersJson(source.filter), 'Raw filters copied as JSON');
    case 'line':
    case 'json':
      return flowText(kind, source);
  }
}

/** The link with the selected flow inside; to the view alone when none is selected or its bytes are gone. */
export async function flowLink(source: LinkSource): Promise<ShareText> {
  const selected = await selectedFlow(source.engine, source.linked, source.view.flow);
  const flow =
    selected === undefined ? undefined : { message: selected.detail.response, related: selected.related };
  // Who opens a link to a flow wants to read it.
  const view = flow === undefined ? source.view : { ...source.view, detail: true };
  return linkText(await makeLink({ ...source, view, flow }));
}

function linkText({ url, inside, unmasked }: MadeLink): ShareText {
  const open = openText(unmasked);
  switch (inside.kind) {
    case 'nothing':
      return copied(url, `Link copied${open === '' ? '' : `.${open}`}`);
    case 'too-long':
      return copied(
        url,
        `Link copied without the flow inside: it would take ${String(inside.chars)} characters, which is too long for a link. The receiver sees it only while the cluster remembers it.${open}`,
      );
    case 'flow': {
      const along = inside.related === 0 ? '' : ` and ${String(inside.related)} related`;
      const masked = inside.masked === undefined ? '' : ` Masked: ${maskedText(inside.masked)}.`;
      return copied(
        url,
        `Link copied with the flow${along} inside, ${String(inside.chars)} characters.${masked}${open}`,
      );
    }
  }
}

async function markdown(source: ShareSource): Promise<ShareText> {
  const selected = await selectedFlow(source.engine, source.linked, source.view.flow);
  if (selected === undefined) return GONE;
  const { detail, related } = selected;
  const received = fromBinary(GetFlowsResponseSchema, detail.response);
  const { response, counts } = source.mask
    ? maskResponse(received)
    : { response: received, counts: undefined };
  const flow = { message: detail.response, related };
  const { url, unmasked } = await makeLink({ ...source, view: { ...source.view, detail: true }, flow });
  const masked = counts === undefined ? '' : maskedText(counts);
  const known = { isPeerAllowedElsewhere: await isPeerAllowedElsewhere(source, received) };
  const text = flowMarkdown({ response, typeText: detail.row.type, url, known, masked });
  const open = openText(unmasked);
  if (masked === '' && open === '') return copied(text, 'Markdown copied');
  return copied(text, `Markdown copied.${masked === '' ? '' : ` Masked: ${masked}.`}${open}`);
}

/** The sentence is the one of the flow panel, so it rests on the same question. */
async function isPeerAllowedElsewhere(
  { engine, range }: ShareSource,
  { responseTypes }: GetFlowsResponse,
): Promise<boolean> {
  const filter = responseTypes.case === 'flow' ? elsewhereFilter(responseTypes.value) : undefined;
  if (filter === undefined) return false;
  const { rows } = await engine.ask(newestRows(filter, 1));
  return isSeenSince(rows, range.sinceNs);
}

/** What the receiver, and servers on the way, can read in the address. */
function openText(unmasked: readonly string[]): string {
  return unmasked.length === 0 ? '' : ` Not masked: ${unmasked.join(', ')}.`;
}

async function flowText(kind: 'line' | 'json', source: ShareSource): Promise<ShareText> {
  const selected = await selectedFlow(source.engine, source.linked, source.view.flow);
  if (selected === undefined) return GONE;
  const response = fromBinary(GetFlowsResponseSchema, selected.detail.response);
  return kind === 'line'
    ? copied(compactLine(response), 'Compact line copied')
    : copied(toJsonpb(response), ['JSON copied', leftOutText(response)].filter(Boolean).join('. '));
}

function copied(text: string, said: string): ShareText {
  return { ok: true, text, said };
}
