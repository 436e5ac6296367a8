// The link to a view, with the selected flow inside the fragment: as many of its related flows as fit go along, and when
// even the flow alone is too long, the link does without and says so.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type MaskCounts, maskResponse } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { LINKED_KEY } from '../panes/link-flow.ts';
import { openValues } from './open-values.ts';
import {
  formatFragment,
  formatView,
  MAX_PACKED_CHARS,
  packMessages,
  type ViewState,
} from '../view-state/index.ts';

export type LinkOptions = {
  /** The page's address without query and fragment. */
  readonly base: string;
  readonly view: ViewState;
  /** The message of the selected flow, and those of related ones, the more telling first. */
  readonly flow: { readonly message: Uint8Array; readonly related: readonly Uint8Array[] } | undefined;
  /** Values that may be secret are masked. */
  readonly mask: boolean;
};

export type MadeLink = {
  readonly url: string;
  /** What may be a secret and stands in the address of the view as it is; empty where nothing was to be masked. */
  readonly unmasked: readonly string[];
  readonly inside:
    | { readonly kind: 'nothing' }
    | {
        readonly kind: 'flow';
        /** Length of the fragment. */
        readonly chars: number;
        readonly related: number;
        /** In the flow itself; undefined when nothing was. */
        readonly masked: MaskCounts | undefined;
      }
    | { readonly kind: 'too-long'; readonly chars: number };
};

/** The link, and what became of the flow. */
export async function makeLink({ base, view, flow, mask }: LinkOptions): Promise<MadeLink> {
  const unmasked = mask ? openValues(view) : [];
  if (flow === undefined) return { url: `${base}${formatView(view)}`, unmasked, inside: { kind: 'nothing' } };
  const own = readyMessage(flow.message, mask);
  const related = flow.related.map((message) => readyMessage(message, mask).message);
  const packed = await packWhatFits(own.message, related);
  if (packed.chars > MAX_PACKED_CHARS) {
    return { url: `${base}${formatView(view)}`, unmasked, inside: { kind: 'too-long', chars: packed.chars } };
  }
  const fragment = formatFragment(packed.text);
  // A flow without a uuid has a name within this tab only.
  const linked = own.uuid === '' ? { ...view, flow: LINKED_KEY } : view;
  return {
    url: `${base}${formatView(linked)}${fragment}`,
    unmasked,
    inside: { kind: 'flow', chars: fragment.length, related: packed.related, masked: own.masked },
  };
}

/** Halves what goes along until it fits. */
async function packWhatFits(
  own: Uint8Array,
  related: readonly Uint8Array[],
): Promise<{ readonly text: string; readonly chars: number; readonly related: number }> {
  const text = await packMessages([own, ...related]);
  if (text.length <= MAX_PACKED_CHARS || related.length === 0) {
    return { text, chars: text.length, related: related.length };
  }
  return packWhatFits(own, related.slice(0, Math.floor(related.length / 2)));
}

/** What has nothing to mask stays byte for byte what came. */
function readyMessage(
  message: Uint8Array,
  mask: boolean,
): { readonly message: Uint8Array; readonly uuid: string; readonly masked: MaskCounts | undefined } {
  const response = fromBinary(GetFlowsResponseSchema, message);
  const uuid = response.responseTypes.case === 'flow' ? response.responseTypes.value.uuid : '';
  if (!mask) return { message, uuid, masked: undefined };
  const { response: masked, counts } = maskResponse(response);
  if (masked === response) return { message, uuid, masked: undefined };
  return { message: toBinary(GetFlowsResponseSchema, masked), uuid, masked: counts };
}
