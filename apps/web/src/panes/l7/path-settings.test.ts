import { describe, expect, it } from 'vitest';
import { checkRoutes, checkTraceLink } from './path-settings.tsx';

describe('what a person writes', () => {
  it('is a list of routes, or is told why not', () => {
    expect(checkRoutes('/users/{name}\n\n /a/{b}/c ')).toBe('');
    expect(checkRoutes('/users/{name}\n/users')).toContain('/users is not a route');
    expect(checkRoutes('/a/{b}\n'.repeat(201))).toContain('These are 201 routes');
  });
  it('is a link to traces, or is told why not', () => {
    expect([checkTraceLink(''), checkTraceLink('https://t.example/{traceId}')]).toEqual(['', '']);
    expect(checkTraceLink('javascript:{traceId}')).toContain('http or https');
  });
});
