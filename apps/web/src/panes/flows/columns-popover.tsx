// Which columns, in which order, and how times and rows are written.

import { ArrowDown, ArrowUp, Columns3, RotateCcw } from 'lucide-react';
import { changeSettings, useSettings } from '../../settings/index.ts';
import { COLUMN_IDS, type ColumnId, DEFAULT_VIEW, navigate, useView } from '../../view-state/index.ts';
import { Button, IconButton, Popover, Segmented } from '../../widgets/index.ts';
import { moveItem } from './column-layout.ts';
import { columnsOf } from './columns.ts';

export function ColumnsPopover() {
  return (
    <Popover
      label="Columns"
      placement="bottom-end"
      className="w-80"
      renderTrigger={(trigger) => (
        <Button kind="plain" {...trigger} aria-label="Columns">
          <Columns3 size={14} aria-hidden />
          <span className="@max-2xl:hidden">Columns</span>
        </Button>
      )}
    >
      {() => <ColumnsForm />}
    </Popover>
  );
}

function ColumnsForm() {
  const view = useView();
  const settings = useSettings();
  const shown = view.columns;
  const hidden = COLUMN_IDS.filter((id) => !shown.includes(id));
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-2 border-b border-line p-3">
        <Choice label="Times">
          <Segmented
            label="Times"
            small
            value={view.time}
            segments={[
              { value: 'absolute', label: 'Clock' },
              { value: 'relative', label: 'Distance' },
            ]}
            onChange={(time) => navigate({ time })}
          />
          <Segmented
            label="Time zone"
            small
            value={view.zone}
            segments={[
              { value: 'utc', label: 'UTC' },
              { value: 'local', label: 'Local' },
            ]}
            onChange={(zone) => navigate({ zone })}
          />
        </Choice>
        <Choice label="Rows">
          <Segmented
            label="Rows"
            small
            value={view.lines ? 'lines' : 'table'}
            segments={[
              { value: 'table', label: 'Table' },
              { value: 'lines', label: 'CLI lines' },
            ]}
            onChange={(rows) => navigate({ lines: rows === 'lines' })}
          />
          <Segmented
            label="Density"
            small
            value={settings.density}
            segments={[
              { value: 'normal', label: '28' },
              { value: 'compact', label: '24' },
            ]}
            onChange={(density) => changeSettings({ density })}
          />
        </Choice>
      </div>
      <ul className="max-h-96 overflow-auto p-1" aria-label="Columns shown, in order">
        {shown.map((id, index) => (
          <li key={id} className="flex items-center gap-1 rounded-token px-2 hover:bg-hover">
            <Check id={id} title={titleOf(id)} shown={shown} />
            <IconButton
              label={`Move ${titleOf(id)} to the left`}
              small
              disabled={index === 0}
              onClick={() => navigate({ columns: moveItem(shown, index, -1) })}
            >
              <ArrowUp size={13} aria-hidden />
            </IconButton>
            <IconButton
              label={`Move ${titleOf(id)} to the right`}
              small
              disabled={index === shown.length - 1}
              onClick={() => navigate({ columns: moveItem(shown, index, 1) })}
            >
              <ArrowDown size={13} aria-hidden />
            </IconButton>
          </li>
        ))}
        {hidden.map((id) => (
          <li key={id} className="flex items-center rounded-token px-2 hover:bg-hover">
            <Check id={id} title={titleOf(id)} shown={shown} />
          </li>
        ))}
      </ul>
      <div className="border-t border-line p-2">
        <Button
          kind="plain"
          small
          onClick={() => {
            navigate({ columns: DEFAULT_VIEW.columns });
            changeSettings({ columnWidths: {} });
          }}
        >
          <RotateCcw size={13} aria-hidden />
          Columns and widths as they were
        </Button>
      </div>
    </div>
  );
}

function titleOf(id: ColumnId): string {
  return columnsOf([id])[0]?.title ?? id;
}

function Choice({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-2">
      <span className="text-note text-text3">{label}</span>
      <span className="flex gap-2">{children}</span>
    </div>
  );
}

function Check({
  id,
  title,
  shown,
}: {
  readonly id: ColumnId;
  readonly title: string;
  readonly shown: readonly ColumnId[];
}) {
  const checked = shown.includes(id);
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 py-1 text-cell max-tablet:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        // A table keeps one column at least.
        disabled={checked && shown.length === 1}
        onChange={() =>
          navigate({ columns: checked ? shown.filter((other) => other !== id) : [...shown, id] })
        }
        className="accent-accent"
      />
      <span className="truncate">{title}</span>
    </label>
  );
}
