import { Popover } from '../widgets/index.ts';
import type { NodeCounts } from './node-counts.ts';

/** `Nodes 411/412, 1 unavailable`; opens the list of names. */
export function NodesItem({ counts }: { readonly counts: NodeCounts }) {
  const missing = counts.total - counts.connected;
  return (
    <Popover
      label="Nodes"
      placement="top-start"
      className="max-h-100 w-85 max-w-[calc(100vw-16px)] p-3"
      renderTrigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          className="focus-inside flex h-full shrink-0 items-center gap-1.5 px-3 whitespace-nowrap before:-ml-3 before:mr-1.5 before:h-3.5 before:w-px before:bg-line2 hover:text-text"
        >
          Nodes{' '}
          <span className="font-medium text-text">
            {counts.connected}/{counts.total}
          </span>
          {missing > 0 && <span className="font-medium text-text underline">{missing} unavailable</span>}
        </button>
      )}
    >
      {() => (
        <>
          <p className="text-cell">
            {missing === 0
              ? `All ${counts.total} nodes are connected to the Relay.`
              : `${missing} of ${counts.total} nodes are not connected to the Relay: their flows do not reach this page.`}
          </p>
          <NodeList counts={counts} />
        </>
      )}
    </Popover>
  );
}

function NodeList({ counts }: { readonly counts: NodeCounts }) {
  const lines =
    counts.lines.length > 0
      ? counts.lines
      : counts.unavailable.map((name) => ({ name, state: 'unavailable', version: '' }));
  if (lines.length === 0) return null;
  return (
    <ul className="mt-2 text-note">
      {lines.map((line) => (
        <li key={line.name} className="flex gap-3">
          <span className="min-w-0 flex-1 truncate font-mono text-mono-small text-text" title={line.name}>
            {line.name}
          </span>
          <span className={line.state === 'connected' ? 'text-text3' : 'font-medium text-text'}>
            {line.state}
          </span>
          <span className="text-text3">{line.version}</span>
        </li>
      ))}
    </ul>
  );
}
