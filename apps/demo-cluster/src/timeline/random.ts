// Seeded chance: the same seed gives the same numbers on every machine. Not for secrets.

export type Random = {
  /** An integer in [0, 2^32). */
  readonly uint32: () => number;
  /** In [0, 1). */
  readonly fraction: () => number;
  /** An integer in [min, max], both included. */
  readonly between: (min: number, max: number) => number;
  /** One of the items; there must be one. */
  readonly pick: <T>(items: readonly [T, ...T[]] | readonly T[]) => T;
};

/** The small fast counter generator (sfc32), seeded from one number. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = 1;
  const uint32 = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    c |= 0;
    return mixed >>> 0;
  };
  // The first outputs still show the seed.
  for (let i = 0; i < 15; i++) uint32();
  const fraction = (): number => uint32() / 0x1_0000_0000;
  const between = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1));
  return {
    uint32,
    fraction,
    between,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexByte(word: number, shift: number): string {
  return HEX[(word >>> shift) & 0xff] ?? '';
}

function hexWord(word: number): string {
  return hexByte(word, 24) + hexByte(word, 16) + hexByte(word, 8) + hexByte(word, 0);
}

/** A UUID of version 4. */
export function randomUuid(random: Random): string {
  const text =
    hexWord(random.uint32()) +
    hexWord((random.uint32() & 0xffff0fff) | 0x4000) +
    hexWord((random.uint32() & 0x3fffffff) | 0x80000000) +
    hexWord(random.uint32());
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
