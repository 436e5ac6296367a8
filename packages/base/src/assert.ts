// Checks for what can only be false through a bug. They throw and meet the nearest error boundary.
// What can be expected to go wrong is a Result instead (result.ts).

/** Thrown by the checks below and by nothing else. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws unless the condition is truthy; afterwards the type checker knows it. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The value, or an error when it is null or undefined. */
export function defined<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}

/** Closes a switch over a union: a member that was forgotten fails to compile. */
export function assertNever(value: never): never {
  throw new AssertionError(`unexpected value ${JSON.stringify(value)}`);
}
