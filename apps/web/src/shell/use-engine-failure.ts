import { useEffect, useState } from 'react';
import type { Engine } from '../engine/protocol.ts';

const ASK_EVERY_MS = 5_000;

/**
 * Throws into the nearest error boundary when the engine has failed: a dead worker answers no subscription, and a page
 * that only stood still would look healthy.
 */
export function useEngineFailure(engine: Engine): void {
  const [failure, setFailure] = useState<Error | undefined>(undefined);
  useEffect(() => {
    let current = true;
    async function check(): Promise<void> {
      try {
        await engine.stats();
      } catch (error) {
        if (current) setFailure(error instanceof Error ? error : new Error(String(error)));
      }
    }
    void check();
    const timer = setInterval(() => void check(), ASK_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [engine]);
  if (failure !== undefined) throw failure;
}
