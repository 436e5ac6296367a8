// Reserved security identities and how the CLI writes an identity.

/** Identities that the CLI prints by name. 0 is what an absent endpoint counts as. */
export const IDENTITY_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'unknown'],
  [1, 'host'],
  [2, 'world'],
  [3, 'unmanaged'],
  [4, 'health'],
  [5, 'init'],
  [6, 'remote-node'],
  [7, 'kube-apiserver'],
  [8, 'ingress'],
  [9, 'world-ipv4'],
  [10, 'world-ipv6'],
]);

/** `world`; undefined for an identity without a fixed name. */
export function identityName(identity: number): string | undefined {
  return IDENTITY_NAMES.get(identity);
}

/** `(world)` or `(ID:4711)`. */
export function identityText(identity: number): string {
  return `(${IDENTITY_NAMES.get(identity) ?? `ID:${identity}`})`;
}

/** Names that `--identity` accepts: 0 must be given as a number, 11 has a name that is never printed. */
export const IDENTITY_BY_NAME: ReadonlyMap<string, number> = new Map([
  ...[...IDENTITY_NAMES]
    .filter(([identity]) => identity !== 0)
    .map(([identity, name]) => [name, identity] as const),
  ['overlay-to-encrypt', 11] as const,
]);
