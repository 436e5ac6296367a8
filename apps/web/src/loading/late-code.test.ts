import { describe, expect, it } from 'vitest';
import { isFetchingParts, partsFetched } from './fetches.ts';
import { lateCode } from './late-code.ts';

describe('lateCode', () => {
  it('is fetched once, and not before its turn', async () => {
    const gate = Promise.withResolvers<void>();
    let loads = 0;
    const code = lateCode(
      () => gate.promise,
      async () => `code ${String(++loads)}`,
    );
    let told = 0;
    code.subscribe(() => told++);
    code.fetch();
    code.fetch();
    await Promise.resolve();
    expect(loads).toBe(0);
    expect(isFetchingParts()).toBe(true);
    expect(code.state()).toEqual({ kind: 'absent' });
    gate.resolve();
    await partsFetched();
    code.fetch();
    expect(code.state()).toEqual({ kind: 'here', code: 'code 1' });
    expect([loads, told]).toEqual([1, 1]);
    expect(isFetchingParts()).toBe(false);
  });

  it('says what went wrong, and is tried anew when it is asked for again', async () => {
    let reachable = false;
    const lost = new Error('the server is away');
    const code = lateCode(
      () => Promise.resolve(),
      () => (reachable ? Promise.resolve('code') : Promise.reject(lost)),
    );
    code.fetch();
    await partsFetched();
    expect(code.state()).toEqual({ kind: 'failed', error: lost });
    reachable = true;
    code.fetch();
    expect(code.state()).toEqual({ kind: 'absent' });
    await partsFetched();
    expect(code.state()).toEqual({ kind: 'here', code: 'code' });
  });
});
