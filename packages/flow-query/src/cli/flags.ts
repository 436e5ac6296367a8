// Every flag of `hubble observe`, by name and letter. Those that filter come from the fields.

import { type KeyDef, KEYS, sidePrefix } from '../fields/key.ts';

/** What a flag is about. */
export type FlagMeaning =
  | { readonly kind: 'filter'; readonly key: KeyDef }
  /** Stands for one value of a key: --encrypted. */
  | { readonly kind: 'switch'; readonly key: KeyDef; readonly value: string }
  /** --not */
  | { readonly kind: 'negation' }
  /** --allowlist, --denylist: whole filters in JSON. */
  | { readonly kind: 'list'; readonly list: 'allow' | 'deny' }
  /** Which flows by number and time. */
  | { readonly kind: 'selector' }
  /** Where and how to connect. */
  | { readonly kind: 'server' }
  /** How lines are printed; means nothing to a page. */
  | { readonly kind: 'output' };

export type FlagDef = {
  /** Without dashes. */
  readonly name: string;
  readonly short: string | undefined;
  /** A flag that takes none may still be given one behind `=`. */
  readonly takesValue: boolean;
  readonly meaning: FlagMeaning;
};

const FILTER_FLAGS: readonly FlagDef[] = KEYS.flatMap((key) => {
  const { field, side } = key;
  const ownShort = side === 'either' || side === 'flow';
  const switches = (field.switches ?? []).map(({ flag, short, value }): FlagDef => ({
    name: `${sidePrefix(side)}${flag}`,
    short: ownShort ? short : undefined,
    takesValue: false,
    meaning: { kind: 'switch', key, value },
  }));
  const own: FlagDef = {
    name: key.name,
    short: ownShort ? field.short : undefined,
    takesValue: true,
    meaning: { kind: 'filter', key },
  };
  return field.hasFlag ? [own, ...switches] : switches;
});

type Row = readonly [name: string, short: string, takesValue: boolean];

function rows(meaning: FlagMeaning, list: readonly Row[]): readonly FlagDef[] {
  return list.map(([name, short, takesValue]) => ({
    name,
    short: short === '' ? undefined : short,
    takesValue,
    meaning,
  }));
}

/** Names of 1.15 to 1.20; the two experimental ones became --field-mask and --use-default-field-masks in 1.19. */
const OTHER_FLAGS: readonly FlagDef[] = [
  ...rows({ kind: 'negation' }, [['not', '', false]]),
  ...rows({ kind: 'list', list: 'allow' }, [['allowlist', '', true]]),
  ...rows({ kind: 'list', list: 'deny' }, [['denylist', '', true]]),
  ...rows({ kind: 'selector' }, [
    ['all', '', false],
    ['last', '', true],
    ['first', '', true],
    ['follow', 'f', false],
    ['since', '', true],
    ['until', '', true],
    ['input-file', '', true],
  ]),
  ...rows({ kind: 'server' }, [
    ['server', '', true],
    ['timeout', '', true],
    ['request-timeout', '', true],
    ['tls', '', false],
    ['tls-allow-insecure', '', false],
    ['tls-ca-cert-files', '', true],
    ['tls-client-cert-file', '', true],
    ['tls-client-key-file', '', true],
    ['tls-server-name', '', true],
    ['basic-auth-username', '', true],
    ['basic-auth-password', '', true],
    ['port-forward', 'P', false],
    ['auto-port-forward', '', false],
    ['port-forward-port', '', true],
    ['kube-context', '', true],
    ['kube-namespace', '', true],
    ['kubeconfig', '', true],
    ['config', '', true],
  ]),
  ...rows({ kind: 'output' }, [
    ['output', 'o', true],
    ['color', '', true],
    ['time-format', '', true],
    ['numeric', '', false],
    ['ip-translation', '', false],
    ['print-node-name', '', false],
    ['print-policy-names', '', false],
    ['print-raw-filters', '', false],
    ['silent-errors', 's', false],
    ['field-mask', '', true],
    ['use-default-field-masks', '', false],
    ['experimental-field-mask', '', true],
    ['experimental-use-default-field-masks', '', false],
    ['debug', 'D', false],
    ['help', 'h', false],
  ]),
];

export const FLAGS: readonly FlagDef[] = [...FILTER_FLAGS, ...OTHER_FLAGS];

const BY_NAME: ReadonlyMap<string, FlagDef> = new Map(FLAGS.map((flag) => [flag.name, flag]));
const BY_SHORT: ReadonlyMap<string, FlagDef> = new Map(
  FLAGS.flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag] as const])),
);

/** By name without dashes. */
export function flagByName(name: string): FlagDef | undefined {
  return BY_NAME.get(name);
}

/** By letter without dash. */
export function flagByShort(letter: string): FlagDef | undefined {
  return BY_SHORT.get(letter);
}
