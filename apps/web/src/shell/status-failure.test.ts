import { GrpcError } from '@finderscope/grpc-wire';
import { expect, it } from 'vitest';
import { statusFailure } from './status-failure.ts';

it.each([
  [new GrpcError(14, 'connection refused'), 'ServerStatus failed: connection refused'],
  [new GrpcError(14, ' '), 'ServerStatus failed with UNAVAILABLE and gave no reason.'],
  [new Error(''), 'ServerStatus failed and gave no reason.'],
])('%s is told as: %s', (error, text) => {
  expect(statusFailure(error)).toBe(text);
});
