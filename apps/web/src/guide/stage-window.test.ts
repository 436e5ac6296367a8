import { create } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { stageWindow } from './stage-window.ts';

describe('stageWindow', () => {
  it('begins with the first whole second of the stage and is open', () => {
    const since = (seconds: bigint, nanos: number) =>
      stageWindow(create(TimestampSchema, { seconds, nanos }));
    expect(since(1_700_000_000n, 0)).toMatchObject({ sinceNs: 1_700_000_000_000_000_000n });
    expect(since(1_700_000_000n, 1)).toMatchObject({
      kind: 'between',
      sinceNs: 1_700_000_001_000_000_000n,
      untilNs: undefined,
    });
  });

  it('is all that is held where nobody tells when the stage began', () => {
    expect(stageWindow(undefined)).toBeUndefined();
  });
});
