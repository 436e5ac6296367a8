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

/**
 * Give the parent a width; the whole name is in `title`, unless told otherwise, and in the text that is copied. An IPv6 address stands in
 * brackets before its port.
 */
export function LongName({ namespace = '', name: host, port, titled = true }: LongNameProps) {
  const name = port !== undefined && host.includes(':') ? `[${host}]` : host;
  const cut = losesMiddle(name) ? name.length - NAME_TAIL : name.length;
  const prefix = namespace === '' ? '' : `${namespace}/`;
  const suffix = port === undefined ? '' : `:${port}`;
  return (
    <span
      className="flex min-w-0 whitespace-nowrap"
      {...(titled ? { title: `${prefix}${name}${suffix}` } : {})}
    >
      {/* The head gives way first; the namespace only when nothing of it is left, so that the port stays whole. */}
      {prefix !== '' && <span className="max-w-1/2 min-w-0 shrink truncate text-text3">{prefix}</span>}
      <span className="min-w-0 shrink-[1000000] truncate font-medium text-text">{name.slice(0, cut)}</span>
      {cut < name.length && <span className="shrink-0 font-medium text-text">{name.slice(cut)}</span>}
      {suffix !== '' && <span className="shrink-0 text-text3">{suffix}</span>}
    </span>
  );
}
