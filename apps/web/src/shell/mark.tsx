/** The reticle of a finderscope: a ring, cross hairs, and the star it was pointed at. */
export function Mark({ sizePx = 20 }: { readonly sizePx?: number }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={sizePx}
      height={sizePx}
      fill="none"
      aria-hidden="true"
      className="shrink-0 text-text2"
    >
      <circle cx="10" cy="10" r="6.5" stroke="currentColor" strokeWidth="1.4" />
      <path
        d="M10 1v5M10 14v5M1 10h5M14 10h5"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="11.6" cy="8.6" r="1.9" className="fill-accent" />
    </svg>
  );
}
