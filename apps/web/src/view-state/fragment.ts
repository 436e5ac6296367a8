// The fragment of the address: a flow that travels inside the link. `#f=1.jVJNb5...` is a version, a dot, and the flow
// packed (packed-flow.ts). It never reaches a server.
//
// Versions are lifted step by step, as those of the query string are: links live longer than builds.

/** What version 1 packs: GetFlowsResponse messages, each behind its length; the first is the flow that is linked to. */
export const FRAGMENT_VERSION = 1;

/** Turns the messages of one version into those of the next. */
export type FragmentStep = (messages: readonly Uint8Array[]) => readonly Uint8Array[];

/** `FRAGMENT_STEPS[0]` lifts version 1 to 2, and so on. */
export const FRAGMENT_STEPS: readonly FragmentStep[] = [];

export type Fragment =
  | { readonly kind: 'none' }
  | { readonly kind: 'flow'; readonly version: number; readonly packed: string }
  /** It cannot be used; `message` says so in one or two sentences. */
  | { readonly kind: 'broken'; readonly message: string };

/** Longer ones are cut by chat tools and mail, and make no link that a person would send. */
export const MAX_PACKED_CHARS = 8_192;
const FORM = /^([1-9]\d{0,5})\.([\w-]+)$/;

/** Reads `location.hash`, with or without its mark. What is packed is not looked into; `newest` is given by tests. */
export function readFragment(hash: string, newest = FRAGMENT_VERSION): Fragment {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === '') return { kind: 'none' };
  if (!text.startsWith('f=')) {
    return broken(`The address ends in #${shorten(text)}, which this version does not know. It is left out.`);
  }
  const match = FORM.exec(text.slice(2));
  if (match === null) {
    return broken(
      `The flow inside the link cannot be read: after #f= comes a version, a dot and letters. ${REST_HOLDS}`,
    );
  }
  const [, version = '', packed = ''] = match;
  if (Number(version) > newest) {
    return broken(
      `The flow inside the link was packed by a newer Finderscope (version ${version}; this one knows ${String(newest)}). ${REST_HOLDS}`,
    );
  }
  if (packed.length > MAX_PACKED_CHARS) {
    return broken(
      `The flow inside the link is longer than ${String(MAX_PACKED_CHARS)} characters and was not unpacked. ${REST_HOLDS}`,
    );
  }
  return { kind: 'flow', version: Number(version), packed };
}

/** What a notice about the fragment ends with. */
export const REST_HOLDS = 'The rest of the link holds.';

/** `#f=1.jVJNb5...`. */
export function formatFragment(packed: string): string {
  return `#f=${String(FRAGMENT_VERSION)}.${packed}`;
}

export function upgradeMessages(
  messages: readonly Uint8Array[],
  from: number,
  steps = FRAGMENT_STEPS,
): readonly Uint8Array[] {
  return steps.slice(from - 1).reduce((lifted, step) => step(lifted), messages);
}

function broken(message: string): Fragment {
  return { kind: 'broken', message };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
