// What somebody meant who wrote a word without key, a key nobody knows or a command-line flag.

import { nearest } from '@finderscope/base';
import { compileIp } from '../filter/ip.ts';
import { PROTOCOL_NAMES } from '../filter/protocol.ts';
import { DROP_REASONS } from '../text/drop-reason.ts';
import { EVENT_TYPE_NAMES } from '../text/event-type.ts';
import { TRAFFIC_DIRECTION_NAMES } from '../text/direction.ts';
import { VERDICT_NAMES } from '../text/verdict.ts';
import { FIELDS } from '../fields/registry.ts';
import { KEYS, keyByName } from '../fields/key.ts';
import { quoteValue } from './quote.ts';

const KEY_NAMES = KEYS.map((key) => key.name);
const METHODS = FIELDS.find((field) => field.name === 'http-method')?.values ?? [];
const LABEL_SOURCES = [
  'k8s',
  'reserved',
  'cidr',
  'cidrgroup',
  'fqdn',
  'container',
  'cni',
  'node',
  'any',
  'unspec',
];

/** The keys a value looks made for, each with a test; the first that holds is proposed. */
const GUESSES: readonly (readonly [string, (word: string) => boolean])[] = [
  ['verdict', (word) => VERDICT_NAMES.includes(word.toUpperCase())],
  ['drop-reason-desc', (word) => DROP_REASONS.some(({ name }) => name === word.toUpperCase())],
  ['traffic-direction', (word) => TRAFFIC_DIRECTION_NAMES.includes(word.toUpperCase())],
  ['protocol', (word) => PROTOCOL_NAMES.includes(word.toLowerCase())],
  ['http-method', (word) => METHODS.includes(word)],
  ['type', (word) => [...EVENT_TYPE_NAMES.values()].includes(word.split(':')[0] ?? '')],
  ['http-status', (word) => /^[1-5][0-9]?\+$/.test(word)],
  ['port', (word) => /^[0-9]{1,5}$/.test(word)],
  ['ip', (word) => compileIp(word).ok],
  ['http-url', (word) => /^https?:\/\//.test(word)],
  ['http-path', (word) => word.startsWith('/')],
  ['label', (word) => word.includes('=') || LABEL_SOURCES.some((source) => word.startsWith(`${source}:`))],
  ['fqdn', (word) => /^[\w*-]+(?:\.[\w*-]+)+$/.test(word)],
];

/** `pod:xwing` for `xwing`, `port:53` for `53`. */
function proposed(word: string): string {
  const key = GUESSES.find(([, fits]) => fits(word))?.[0] ?? 'pod';
  return `${key}:${quoteValue(word)}`;
}

/** For a word that stands alone. */
export function bareWordMessage(word: string): string {
  const lower = word.toLowerCase();
  if (lower === 'and') return 'Tokens side by side must all hold already. Remove this word.';
  const key = keyByName(word);
  if (key !== undefined) {
    return `${key.name} has no value. Write it behind a colon, as in ${exampleOf(key.name)}.`;
  }
  const [, name = '', value = ''] = /^([a-z-]+)=(.+)$/i.exec(word) ?? [];
  if (keyByName(name) !== undefined) {
    return `A key and its value are joined by a colon. Write ${name}:${quoteValue(value)}.`;
  }
  return `${quoteValue(word)} has no key. Write ${proposed(word)}, or another key and a colon before it.`;
}

/** For `key:value` with a key that does not exist. */
export function unknownKeyMessage(key: string, value: string): string {
  const whole = `${key}:${value}`;
  const wrong = `${key} is not a key.`;
  const guess = nearest(key, KEY_NAMES);
  if (guess !== undefined) return `${wrong} Did you mean ${guess}?`;
  const fitting = GUESSES.find(([, fits]) => fits(whole))?.[0];
  return fitting === undefined
    ? `${wrong} Write one such as namespace, pod, verdict or port.`
    : `${wrong} Did you mean ${fitting}:${quoteValue(whole)}?`;
}

/** An example of the key itself, so that `from-pod` is not explained by `pod:...`. */
export function exampleOf(keyName: string): string {
  const key = keyByName(keyName);
  const [first = ''] = key?.field.examples ?? [];
  return `${keyName}:${first.slice(first.indexOf(':') + 1)}`;
}
