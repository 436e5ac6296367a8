import { describe, expect, it } from 'vitest';
import { DROP_REASON_TEXTS, DROP_REASONS } from '../text/drop-reason.ts';
import { dropAdvice } from './drop-advice.ts';

const known = [...new Set([...DROP_REASONS.map(({ code }) => code), ...DROP_REASON_TEXTS.keys()])].filter(
  // Below 130 the datapath counts what is no drop.
  (code) => code >= 130,
);

describe('dropAdvice', () => {
  it.each(known)('says of %i what it means and what to check', (code) => {
    const { cause, meaning, check } = dropAdvice(code);
    expect(cause).not.toBe('unknown');
    expect(meaning).toMatch(/^[A-Z].*\.$/s);
    expect(check).toMatch(/^[A-Z].*\.$/s);
  });

  it('has something to say of a code from the future', () => {
    expect(dropAdvice(250)).toMatchObject({
      cause: 'unknown',
      meaning: expect.stringContaining('does not know'),
    });
    expect(dropAdvice(0).cause).toBe('unknown');
  });

  it('calls a policy what only a policy does', () => {
    const of = (cause: string) => known.filter((code) => dropAdvice(code).cause === cause);
    expect(of('policy')).toEqual([133]);
    expect(of('deny-rule')).toEqual([181]);
    expect(of('auth')).toEqual([189]);
  });
});
