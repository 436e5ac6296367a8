// The rules by which paths are folded, each with what it does, and routes of one's own; where traces are looked at.

import { Braces, ExternalLink, type LucideIcon } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { isRoute, PATH_RULES } from '../../engine/answers/l7/path-rules.ts';
import { changeSettings, isTraceLink, MAX_ROUTES, useSettings } from '../../settings/index.ts';
import { Button, Popover } from '../../widgets/index.ts';

export function PathSettings() {
  const { pathRules } = useSettings();
  const { off, routes } = pathRules;
  return (
    <SettingsPopover label="Path rules" icon={Braces} className="w-110 overflow-y-auto">
      <p className="text-text2">
        A part of a path that one of these rules knows becomes a name in braces. Words stay as they are.
      </p>
      <ul className="mt-2">
        {PATH_RULES.map(({ id, title, example: [segment, folded] }) => (
          <li key={id}>
            <label className="flex min-h-7 items-center gap-2 max-tablet:min-h-11">
              <input
                type="checkbox"
                className="accent-accent"
                checked={!off.includes(id)}
                onChange={(event) =>
                  changeSettings({
                    pathRules: {
                      routes,
                      off: event.target.checked ? off.filter((one) => one !== id) : [...off, id],
                    },
                  })
                }
              />
              <span className="flex-1 text-text">{title}</span>
              <span
                className="truncate font-mono text-mono-small text-text3"
                title={`${segment} → ${folded}`}
              >
                {segment.length > 16 ? `${segment.slice(0, 16)}…` : segment} → {folded}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Draft
        title="Routes of your own, one a line, tried first"
        placeholder="/users/{name}/posts"
        value={routes.join('\n')}
        lines={4}
        check={checkRoutes}
        onSave={(text) => changeSettings({ pathRules: { off, routes: routesOf(text) } })}
      />
    </SettingsPopover>
  );
}

export function TraceSettings() {
  const { traceLink } = useSettings();
  return (
    <SettingsPopover label="Trace link" icon={ExternalLink} className="w-100">
      <p className="text-text2">
        Where a trace is looked at. {'{traceId}'} stands for the id that a flow carries; empty makes no links.
      </p>
      <Draft
        title="URL"
        placeholder="https://traces.example/trace/{traceId}"
        value={traceLink}
        lines={1}
        check={checkTraceLink}
        onSave={(text) => changeSettings({ traceLink: text.trim() })}
      />
    </SettingsPopover>
  );
}

/** A button in the head of the pane, and what it opens. */
function SettingsPopover({
  label,
  icon: Icon,
  className,
  children,
}: {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <Popover
      label={label}
      placement="bottom-end"
      className={`max-w-[calc(100vw-16px)] p-3 ${className}`}
      renderTrigger={(trigger) => (
        <Button kind="plain" small aria-label={label} {...trigger}>
          <Icon size={14} aria-hidden />
          <span className="@max-xl:hidden">{label}</span>
        </Button>
      )}
    >
      {() => <div className="text-cell">{children}</div>}
    </Popover>
  );
}

function routesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is wrong with the routes as typed, '' when nothing is. */
export function checkRoutes(text: string): string {
  const routes = routesOf(text);
  if (routes.length > MAX_ROUTES)
    return `These are ${String(routes.length)} routes; ${String(MAX_ROUTES)} are kept.`;
  const broken = routes.find((route) => !isRoute(route));
  return broken === undefined
    ? ''
    : `${broken} is not a route. Write a whole path with one or more names in braces, as in /users/{name}/posts.`;
}

/** The same of the trace link. */
export function checkTraceLink(text: string): string {
  const link = text.trim();
  return link === '' || isTraceLink(link)
    ? ''
    : 'Write a whole http or https URL with {traceId} in it, as in https://traces.example/trace/{traceId}.';
}

function Draft({
  title,
  placeholder,
  value,
  lines,
  check,
  onSave,
}: {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  readonly lines: number;
  readonly check: (text: string) => string;
  /** False when the browser stores nothing. */
  readonly onSave: (text: string) => boolean;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [said, setSaid] = useState('');
  const text = draft ?? value;
  const wrong = check(text);
  const changed = text !== value;
  function save(): void {
    if (wrong !== '') return;
    const stored = onSave(text);
    setDraft(undefined);
    setSaid(stored ? 'Saved.' : 'This browser stores nothing for this page: it holds until it is closed.');
  }
  const field: ReactNode = (
    <textarea
      id={id}
      rows={lines}
      value={text}
      placeholder={placeholder}
      spellCheck={false}
      aria-invalid={wrong !== ''}
      aria-describedby={`${id}-said`}
      onChange={(event) => {
        setSaid('');
        setDraft(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || (lines > 1 && !event.ctrlKey && !event.metaKey)) return;
        event.preventDefault();
        save();
      }}
      className="mt-1 w-full resize-none rounded-button border border-ctl bg-canvas px-2 py-1 font-mono text-mono text-text placeholder:text-text3"
    />
  );
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-text2">
        {title}
      </label>
      {field}
      <div className="mt-1.5 flex items-start gap-3">
        <Button small disabled={!changed || wrong !== ''} onClick={save}>
          Save
        </Button>
        <output
          id={`${id}-said`}
          className={`flex-1 text-note ${wrong === '' ? 'text-text3' : 'text-error'}`}
        >
          {wrong === '' ? said : wrong}
        </output>
      </div>
    </div>
  );
}
