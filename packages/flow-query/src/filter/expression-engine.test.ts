import { expect, it, vi } from 'vitest';

it('fetches the libraries once, and only when an expression misses them', async () => {
  vi.resetModules();
  const { compileCel, compileRegex, fetchExpressionsWith, provideExpressions } =
    await import('./expression-engine.ts');
  const fetch = vi.fn();
  fetchExpressionsWith(fetch);
  expect(fetch).not.toHaveBeenCalled();
  expect(compileRegex('a.c').ok).toBe(false);
  expect(compileCel('true').ok).toBe(false);
  expect(fetch).toHaveBeenCalledTimes(1);
  provideExpressions({
    compileRegex: () => ({ ok: true, value: () => true }),
    compileCel: () => ({ ok: true, value: () => true }),
  });
  expect(compileRegex('a.c').ok).toBe(true);
});
