import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useLinkFlow } from '../panes/link-flow.ts';
import { useViewNotices } from '../view-state/index.ts';
import { IconButton } from '../widgets/index.ts';
import { useAbsentFlow } from './use-absent-flow.ts';

/** What of the address could not be used, until it is put away. */
export function Notices() {
  const fields = useViewNotices();
  const linked = useLinkFlow();
  const [dismissed, setDismissed] = useState<string | undefined>(undefined);
  const absent = useAbsentFlow();
  const notices = [
    ...fields,
    ...(linked.state === 'broken' ? [{ param: '#', message: linked.message }] : []),
    ...(absent === undefined ? [] : [absent]),
  ];
  const key = JSON.stringify(notices);
  if (notices.length === 0 || key === dismissed) return null;
  return (
    <section
      aria-label="Notices"
      className="flex shrink-0 items-start gap-2.5 border-b border-line bg-raised px-3 py-1.5 text-cell"
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-audit" />
      <div role="status" className="max-h-30 min-w-0 flex-1 overflow-auto break-words">
        <ul>
          {notices.map((notice) => (
            <li key={`${notice.param} ${notice.message}`}>{notice.message}</li>
          ))}
        </ul>
      </div>
      <IconButton label="Put away" small onClick={() => setDismissed(key)}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}
