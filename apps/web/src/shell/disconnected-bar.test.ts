import { describe, expect, it } from 'vitest';
import { asSentence, nextSteps } from './disconnected-bar.tsx';

const BASE = {
  state: 'disconnected',
  sinceMs: 0,
  code: 'UNAVAILABLE',
  reason: 'connection refused',
} as const;

describe('the disconnected bar', () => {
  it('says what happens next', () => {
    const at = 1_795_262_783_104_000_000n;
    expect(nextSteps({ ...BASE, nextTryMs: 13_200, resumeFromNs: at }, 10_000, 'utc')).toBe(
      'Next try in 4 s; resumes from 12:06:23.104.',
    );
    expect(nextSteps({ ...BASE, nextTryMs: 9_000, resumeFromNs: undefined }, 10_000, 'utc')).toBe(
      'Trying now.',
    );
    expect(nextSteps({ ...BASE, nextTryMs: undefined, resumeFromNs: undefined }, 0, 'utc')).toBe(
      'No further try is planned.',
    );
  });

  it('makes a sentence of a reason', () => {
    expect(asSentence('connection refused')).toBe('Connection refused.');
    expect(asSentence('Gone.')).toBe('Gone.');
    expect(asSentence(' ')).toBe('No reason was given.');
  });
});
