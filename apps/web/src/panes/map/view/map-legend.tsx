// What the strokes mean, where all of the map leaves room for it.

import type { LegendPlace } from './legend-place.ts';

const DROPPED = 'var(--fs-dropped-fill)';
const FORWARDED = 'var(--fs-forwarded-fill)';
const REDIRECTED = 'var(--fs-redirected-fill)';
const AUDIT = 'var(--fs-audit-fill)';

const LOOK: Readonly<Record<LegendPlace, string>> = {
  below: 'inset-x-0 bottom-0 h-6 items-center justify-end gap-x-5 px-3',
  aside: 'right-0 bottom-0 flex-col justify-end gap-y-1.5 px-3 py-2.5',
  none: 'hidden',
};

/** What is on the map and not on every one: explained where it is, since the line is short. */
export type Seen = { readonly redirected: boolean; readonly audit: boolean; readonly closed: boolean };

export function MapLegend({ place, seen }: { readonly place: LegendPlace; readonly seen: Seen }) {
  return (
    <ul
      aria-label="What the strokes mean"
      className={`pointer-events-none absolute flex overflow-hidden bg-canvas text-head text-text3 ${LOOK[place]}`}
    >
      <Entry text="forwarded, width is rate">
        <path d="M0 6H26" stroke={FORWARDED} strokeWidth="2.5" />
        <path d="M32 6 25 2.5V9.5Z" fill={FORWARDED} />
      </Entry>
      <Entry text="dropped on ingress">
        <path d="M0 6H30" stroke={DROPPED} strokeWidth="2" strokeDasharray="7 4" />
        <path d="M31 1.5V10.5" stroke={DROPPED} strokeWidth="2" />
      </Entry>
      <Entry text="dropped on egress">
        <path d="M0 6H7" stroke={DROPPED} strokeWidth="2" />
        <path d="M8 1.5V10.5" stroke={DROPPED} strokeWidth="2" />
        <path d="M11 6H32" stroke={DROPPED} strokeWidth="1.5" strokeDasharray="1.5 4" />
      </Entry>
      <Entry text="mixed">
        <path d="M0 4H26" stroke={FORWARDED} strokeWidth="2.5" />
        <path d="M32 4 25 .5V7.5Z" fill={FORWARDED} />
        <path d="M0 9H30" stroke={DROPPED} strokeWidth="1.5" />
        <path d="M31 5.5V12" stroke={DROPPED} strokeWidth="2" />
      </Entry>
      {seen.redirected && (
        <Entry text="redirected">
          <path d="M0 6H26" stroke={FORWARDED} strokeWidth="2.5" />
          <path d="M32 6 25 2.5V9.5Z" fill={FORWARDED} />
          <path d="M13 1.5 17.5 6 13 10.5 8.5 6Z" fill={REDIRECTED} />
        </Entry>
      )}
      {seen.audit && (
        <Entry text="audit">
          <path d="M0 4H26" stroke={FORWARDED} strokeWidth="2.5" />
          <path d="M32 4 25 .5V7.5Z" fill={FORWARDED} />
          <path d="M0 9H30" stroke={AUDIT} strokeWidth="1.5" strokeDasharray="4 3" />
        </Entry>
      )}
      {seen.closed && (
        <Entry text="closed island with drops">
          <rect x="4" y="1" width="24" height="10" rx="3" fill="none" stroke={DROPPED} />
        </Entry>
      )}
    </ul>
  );
}

function Entry({ text, children }: { readonly text: string; readonly children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-2 whitespace-nowrap">
      <svg width="32" height="12" aria-hidden="true" fill="none">
        {children}
      </svg>
      {text}
    </li>
  );
}
