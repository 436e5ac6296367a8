// Structured logs. As JSON for machines, or as one readable line for people.

import { stdout } from 'node:process';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogFormat, LogLevel } from '../config/config.ts';

export type { Logger } from 'pino';

type Sink = { write(text: string): unknown };

/** `sink` is where lines go; the standard output unless a test says otherwise. */
export function createLogger(
  options: { readonly level: LogLevel; readonly format: LogFormat },
  sink: Sink = stdout,
): Logger {
  const destination: DestinationStream =
    options.format === 'json'
      ? { write: (line) => void sink.write(line) }
      : { write: (line) => void sink.write(formatLine(line)) };
  return pino({ level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** A logger that says nothing. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

const LEVEL_NAMES: ReadonlyMap<unknown, string> = new Map([
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** `12:00:01 warn  no connection to Relay  server=localhost:4245`. Values are quoted where they are not plain. */
export function formatLine(json: string): string {
  const record: unknown = JSON.parse(json);
  const fields = new Map<string, unknown>(Object.entries(record ?? {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    fields.delete(name);
    return typeof value === 'string' ? value : '';
  };
  const level = LEVEL_NAMES.get(fields.get('level')) ?? '?';
  fields.delete('level');
  const clock = text('time').slice(11, 19);
  const message = escapeControls(text('msg'));
  const rest = [...fields].map(([key, value]) => `  ${key}=${formatValue(value)}`).join('');
  return `${clock} ${level.padEnd(5)} ${message}${rest}\n`;
}

function formatValue(value: unknown): string {
  if (typeof value === 'string' && /^[\w./:@*~[\]-]+$/.test(value)) return value;
  return escapeControls(JSON.stringify(value));
}

/** Names and texts from the network must not move the cursor of whoever reads the log. */
function escapeControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
