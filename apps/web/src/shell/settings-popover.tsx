import { SlidersHorizontal } from 'lucide-react';
import {
  changeSettings,
  DENSITIES,
  ROWS_KEPT,
  type Settings,
  THEMES,
  useSettings,
  ZONES,
} from '../settings/index.ts';
import { navigate, useView } from '../view-state/index.ts';
import { formatExact, IconButton, Popover, Segmented } from '../widgets/index.ts';
import { usePageActions } from './page-actions.ts';

const NAMES: Readonly<Record<string, string>> = {
  system: 'System',
  dark: 'Dark',
  light: 'Light',
  normal: 'Normal',
  compact: 'Compact',
  utc: 'UTC',
  local: 'Local',
};

/** Theme, density, time zone, rows kept. */
export function SettingsPopover() {
  const settings = useSettings();
  const { zone } = useView();
  const { say } = usePageActions();
  function change(patch: Partial<Settings>): void {
    if (!changeSettings(patch))
      say('This browser stores nothing for this page: the setting holds until it is closed.');
  }
  return (
    <Popover
      label="Settings"
      placement="bottom-end"
      className="w-85 max-w-[calc(100vw-16px)] p-3"
      renderTrigger={(trigger) => (
        <IconButton label="Settings" {...trigger}>
          <SlidersHorizontal size={16} aria-hidden />
        </IconButton>
      )}
    >
      {() => (
        <div className="grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-2.5 text-cell">
          <Choice
            label="Theme"
            value={settings.theme}
            values={THEMES}
            onChange={(theme) => change({ theme })}
          />
          <Choice
            label="Rows"
            value={settings.density}
            values={DENSITIES}
            onChange={(density) => change({ density })}
          />
          <Choice
            label="Times"
            value={zone}
            values={ZONES}
            onChange={(chosen) => {
              change({ zone: chosen });
              navigate({ zone: chosen });
            }}
          />
          <label htmlFor="rows-kept" className="text-text2">
            Flows kept
          </label>
          <select
            id="rows-kept"
            value={settings.rowsKept}
            onChange={(event) => {
              const rowsKept = ROWS_KEPT.find((rows) => String(rows) === event.target.value);
              if (rowsKept !== undefined) change({ rowsKept });
            }}
            className="h-7 w-max rounded-button border border-ctl bg-canvas px-2 text-text"
          >
            {ROWS_KEPT.map((rows) => (
              <option key={rows} value={rows}>
                {formatExact(rows)}
              </option>
            ))}
          </select>
          <p className="col-span-2 text-note text-text3">
            When more flows arrive than are kept, the oldest leave and are counted as evicted. Takes effect
            when the page is loaded again.
          </p>
        </div>
      )}
    </Popover>
  );
}

function Choice<T extends string>({
  label,
  value,
  values,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <>
      <span className="text-text2">{label}</span>
      <span>
        <Segmented
          label={label}
          value={value}
          segments={values.map((item) => ({ value: item, label: NAMES[item] ?? item }))}
          onChange={onChange}
          small
        />
      </span>
    </>
  );
}
