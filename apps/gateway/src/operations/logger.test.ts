import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function lines(
  format: 'text' | 'json',
  level: 'info' | 'silent',
  log: (logger: ReturnType<typeof createLogger>) => void,
): string[] {
  const out: string[] = [];
  log(createLogger({ level, format }, { write: (text) => out.push(text) }));
  return out;
}

test('text is one readable line; what comes from outside cannot break it', () => {
  const [line] = lines('text', 'info', (logger) =>
    logger.warn({ server: 'localhost:4245', name: 'a b', odd: 'x\u001b[2J\ny' }, 'no\nconnection'),
  );
  expect(line).toMatch(
    /^\d\d:\d\d:\d\d warn {2}no\\x0aconnection {2}server=localhost:4245 {2}name="a b" {2}odd="x\\u001b\[2J\\ny"\n$/,
  );
});

test('JSON has level, time, message and fields', () => {
  const [line] = lines('json', 'info', (logger) => logger.info({ port: 1 }, 'up'));
  expect(JSON.parse(line ?? '')).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    port: 1,
    msg: 'up',
  });
});

test('lines under the level are not written', () => {
  expect(lines('text', 'info', (logger) => logger.debug('x'))).toEqual([]);
  expect(lines('text', 'silent', (logger) => logger.error('x'))).toEqual([]);
});
