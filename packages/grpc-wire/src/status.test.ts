import { expect, test } from 'vitest';
import { GrpcCode, grpcCodeName, grpcCodeOfHttp2Error, grpcCodeOfHttpStatus, GrpcError } from './status.ts';
import { formatGrpcTimeout, parseGrpcTimeout } from './timeout.ts';

test('every code has its name at its number', () => {
  for (const [name, code] of Object.entries(GrpcCode)) expect(grpcCodeName(code)).toBe(name);
  expect(grpcCodeName(99)).toBe('CODE_99');
});

test('an HTTP answer without a status maps as gRPC clients map it', () => {
  const pairs = [200, 400, 401, 403, 404, 429, 500, 502, 503, 504].map(
    (s) => `${s} ${grpcCodeName(grpcCodeOfHttpStatus(s))}`,
  );
  expect(pairs).toEqual([
    '200 UNKNOWN',
    '400 INTERNAL',
    '401 UNAUTHENTICATED',
    '403 PERMISSION_DENIED',
    '404 UNIMPLEMENTED',
    '429 UNAVAILABLE',
    '500 UNKNOWN',
    '502 UNAVAILABLE',
    '503 UNAVAILABLE',
    '504 UNAVAILABLE',
  ]);
});

test('a reset stream maps by its HTTP/2 error', () => {
  expect([0, 2, 7, 8, 11, 12].map((code) => grpcCodeName(grpcCodeOfHttp2Error(code)))).toEqual([
    'INTERNAL',
    'INTERNAL',
    'UNAVAILABLE',
    'CANCELLED',
    'RESOURCE_EXHAUSTED',
    'PERMISSION_DENIED',
  ]);
});

test('GrpcError keeps code and cause', () => {
  const cause = new Error('x');
  const error = new GrpcError(GrpcCode.UNAVAILABLE, 'gone', { cause });
  expect([error.code, error.message, error.cause]).toEqual([14, 'gone', cause]);
});

test('grpc-timeout is read and written', () => {
  expect(['1H', '2M', '3S', '4m', '5u', '6n'].map(parseGrpcTimeout)).toEqual([
    3_600_000, 120_000, 3000, 4, 0.005, 0.000006,
  ]);
  expect(['', '1', 'S', '123456789S', '-1S', '1.5S', '1 S'].map(parseGrpcTimeout)).toEqual(
    Array(7).fill(undefined),
  );
  expect([0, 1, 1.2, 99_999_999, 100_000_000, 1e15].map(formatGrpcTimeout)).toEqual([
    '0m',
    '1m',
    '2m',
    '99999999m',
    '100000S',
    '99999999H',
  ]);
});
