import { describe, expect, test } from 'vitest';
import { excludeValue, includeValue, removeKeys, removeToken, removeValue, valueState } from './edit.ts';

describe('including a value', () => {
  test.each([
    // text                              key            value           result
    ['', 'verdict', 'DROPPED', 'verdict:DROPPED'],
    ['  ', 'verdict', 'DROPPED', 'verdict:DROPPED'],
    ['pod:a', 'verdict', 'DROPPED', 'pod:a verdict:DROPPED'],
    ['pod:a  ', 'verdict', 'DROPPED', 'pod:a verdict:DROPPED'],
    ['verdict:ERROR pod:a', 'verdict', 'DROPPED', 'verdict:ERROR or DROPPED pod:a'],
    ['verdict:ERROR  or  AUDIT', 'verdict', 'DROPPED', 'verdict:ERROR  or  AUDIT or DROPPED'],
    ['verdict:dropped', 'verdict', 'DROPPED', 'verdict:dropped'],
    ['from-pod:a', 'pod', 'a', 'from-pod:a pod:a'],
    ['label:a', 'label', 'x in (b)', 'label:a or "x in (b)"'],
    ['label:a', 'label', 'ip:x', 'label:a or "ip:x"'],
    ['', 'label', 'ip:x', 'label:ip:x'],
    ['identity:world', 'identity', '2', 'identity:world'],
    // What is excluded is no longer excluded, and nothing else.
    ['not verdict:DROPPED', 'verdict', 'DROPPED', ''],
    ['pod:a not verdict:DROPPED port:1', 'verdict', 'DROPPED', 'pod:a port:1'],
    ['not verdict:DROPPED or ERROR', 'verdict', 'DROPPED', 'not verdict:ERROR'],
    ['-verdict:ERROR or DROPPED', 'verdict', 'DROPPED', '-verdict:ERROR'],
    // A group is the person's own; a token beside it narrows it.
    ['( verdict:DROPPED or port:1 )', 'verdict', 'DROPPED', '( verdict:DROPPED or port:1 ) verdict:DROPPED'],
    // What is unfinished does not swallow the new token.
    ['( port:1', 'verdict', 'DROPPED', 'verdict:DROPPED ( port:1'],
    ['pod:"a', 'verdict', 'DROPPED', 'verdict:DROPPED pod:"a'],
    ['pod:a not', 'verdict', 'DROPPED', 'verdict:DROPPED pod:a not'],
    ['verdict:"ERROR', 'verdict', 'DROPPED', 'verdict:DROPPED verdict:"ERROR'],
    ['xwing', 'verdict', 'DROPPED', 'xwing verdict:DROPPED'],
  ])('%j + %s:%s = %j', (text, key, value, result) => {
    expect(includeValue(text, key, value)).toBe(result);
  });
});

describe('excluding a value', () => {
  test.each([
    ['', 'verdict', 'TRACED', 'not verdict:TRACED'],
    ['pod:a', 'verdict', 'TRACED', 'pod:a not verdict:TRACED'],
    ['not verdict:TRACED pod:a', 'verdict', 'TRANSLATED', 'not verdict:TRACED or TRANSLATED pod:a'],
    ['-verdict:TRACED', 'verdict', 'TRACED', '-verdict:TRACED'],
    // It stops being asked for.
    ['verdict:TRACED', 'verdict', 'TRACED', 'not verdict:TRACED'],
    ['verdict:TRACED or DROPPED', 'verdict', 'TRACED', 'verdict:DROPPED not verdict:TRACED'],
    ['not label:a', 'label', '-b', 'not label:a or "-b"'],
  ])('%j - %s:%s = %j', (text, key, value, result) => {
    expect(excludeValue(text, key, value)).toBe(result);
  });
});

test.each([
  ['verdict:DROPPED', 'included'],
  ['verdict:ERROR or dropped', 'included'],
  ['not verdict:DROPPED', 'excluded'],
  ['( verdict:DROPPED or port:1 )', 'none'],
  ['', 'none'],
])('of DROPPED, %j says %s', (text, state) => {
  expect(valueState(text, 'verdict', 'DROPPED')).toBe(state);
  expect(valueState(removeValue(text, 'verdict', 'DROPPED'), 'verdict', 'DROPPED')).toBe('none');
});

test.each([
  ['pod:a  verdict:DROPPED   port:1', 0, 'verdict:DROPPED   port:1'],
  ['pod:a  verdict:DROPPED   port:1', 1, 'pod:a port:1'],
  ['pod:a  not ( verdict:DROPPED port:1 )', 1, 'pod:a'],
  ['pod:a xwing', 1, 'pod:a'],
  ['pod:a', 0, ''],
  ['pod:a', 7, 'pod:a'],
])('%j without token %i is %j', (text, index, result) => {
  expect(removeToken(text, index)).toBe(result);
});

test.each([
  ['namespace:a or b verdict:DROPPED', ['namespace'], 'verdict:DROPPED'],
  ['not namespace:a port:80', ['namespace'], 'port:80'],
  ['from-namespace:a', ['namespace'], 'from-namespace:a'],
  ['(namespace:a or port:80) namespace:b', ['namespace'], '(namespace:a or port:80)'],
  ['verdict:DROPPED port:80 not verdict:AUDIT', ['verdict'], 'port:80'],
  ['(verdict:DROPPED or port:80)', ['verdict'], '(verdict:DROPPED or port:80)'],
  ['port:80 pod:a protocol:tcp', ['port', 'protocol'], 'pod:a'],
  ['', ['verdict'], ''],
])('all of some keys are taken out: %s', (text, keys, rest) => {
  expect(removeKeys(text, keys)).toBe(rest);
});
