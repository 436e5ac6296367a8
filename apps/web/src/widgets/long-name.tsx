// A name that loses its middle when there is no room: the namespace, the head, the last six characters and the port
// stay. CSS does the cutting, so a column can be resized without drawing anything again.

/** Letters at the end of a name that stay. */
export const NAME_TAIL = 6;

export type LongNameProps = {
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number | undefined;
  /** false: whoever shows it tells the whole name to the pointer. */
  readonly titled?: boolean;
};

/** False for a name too short to keep a head and a tail. */
export function losesMiddle(name: string): boolean {
  return name.length > NAME_TAIL * 2;
}

/** A name in the parts it is cut by: the head gives way first, tail and port stay. '' for what it does not have. */
export type NameParts = {
  /** With its slash. */
  readonly namespace: string;
  readonly head: string;
  readonly tail: string;
  /** With its colon. */
  readonly port: string;
};

/** An IPv6 address stands in brackets before its port. */
export function nameParts({ namespace = '', name: host, port }: Omit<LongNameProps, 'titled'>): NameParts {
  const name = port !== undefined && host.includes(':') ? `[${host}]` : host;
  const cut = losesMiddle(name) ? name.length - NAME_TAIL : name.length;
  return {
    namespace: namespace === '' ? '' : `${namespace}/`,
    head: name.slice(0, cut),
    tail: name.slice(cut),
    port: port === undefined ? '' : `:${port}`,
  };
}

/**
 * Give the parent a width; the whole name is in `title`, unless told otherwise, and in the text that is copied. The
 * flows table draws its names itself, in the same parts: `flows/end-element.ts`.
 */
export function LongName({ titled = true, ...end }: LongNameProps) {
  const { namespace, head, tail, port } = nameParts(end);
  return (
    <span
      className="flex min-w-0 whitespace-nowrap"
      {...(titled ? { title: `${namespace}${head}${tail}${port}` } : {})}
    >
      {/* The head gives way first; the namespace only when nothing of it is left, so that the port stays whole. */}
      {namespace !== '' && <span className="max-w-1/2 min-w-0 shrink truncate text-text3">{namespace}</span>}
      <span className="min-w-0 shrink-[1000000] truncate font-medium text-text">{head}</span>
      {tail !== '' && <span className="shrink-0 font-medium text-text">{tail}</span>}
      {port !== '' && <span className="shrink-0 text-text3">{port}</span>}
    </span>
  );
}
