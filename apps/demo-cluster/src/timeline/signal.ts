// Waking a stream that waits for something to happen, without losing a wake that comes too early.

export class Signal {
  #raised = false;
  #wake: (() => void) | undefined;

  /** Ends the wait that is on, or the next one. */
  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** Resolves when raised, aborted, or after `timeoutMs`; at once when it was raised since the last wait. */
  async wait(abort: AbortSignal, timeoutMs?: number): Promise<void> {
    if (!this.#raised && !abort.aborted) await this.#sleep(abort, timeoutMs);
    this.#raised = false;
  }

  #sleep(abort: AbortSignal, timeoutMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        abort.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
      this.#wake = done;
      abort.addEventListener('abort', done);
    });
  }
}
