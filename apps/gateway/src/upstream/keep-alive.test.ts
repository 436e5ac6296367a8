import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startKeepAlive } from './keep-alive.ts';

const TIMES = { idleMs: 30_000, patientMs: 300_000, answerMs: 20_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Port {
  bytes = 0;
  alive = true;
  readonly pings: number[] = [];
  deaths = 0;
  readonly stop = startKeepAlive(
    {
      bytesRead: () => this.bytes,
      ping: (answered) => {
        this.pings.push(Math.round(performance.now() / 1000));
        if (this.alive) {
          setTimeout(() => {
            this.bytes += 17;
            answered();
          }, 5);
        }
        return true;
      },
      dead: () => this.deaths++,
    },
    TIMES,
  );
}

test('a server that keeps sending is never asked', () => {
  const port = new Port();
  for (let s = 0; s < 3600; s += 10) {
    port.bytes += 100;
    vi.advanceTimersByTime(10_000);
  }
  expect(port.pings).toEqual([]);
});

test('a silent one is asked once soon, then only every five minutes, so that gRPC-go does not hang up', () => {
  const start = Math.round(performance.now() / 1000);
  const port = new Port();
  vi.advanceTimersByTime(3_600_000);
  const gaps = port.pings.map((at, i) => at - (port.pings[i - 1] ?? start));
  expect(gaps[0]).toBe(30);
  expect(gaps.length).toBeGreaterThan(10);
  for (const gap of gaps.slice(1)) expect(gap).toBeGreaterThanOrEqual(300);
  expect(port.deaths).toBe(0);
});

test('after it has sent something it may be asked soon again', () => {
  const port = new Port();
  vi.advanceTimersByTime(40_000);
  port.bytes += 100;
  vi.advanceTimersByTime(60_000);
  expect(port.pings).toHaveLength(2);
});

test('one that does not answer is reported dead, once', () => {
  const port = new Port();
  port.alive = false;
  vi.advanceTimersByTime(49_000);
  expect(port.deaths).toBe(0);
  vi.advanceTimersByTime(3_600_000);
  expect(port.deaths).toBe(1);
});

test('nothing happens once stopped', () => {
  const port = new Port();
  port.stop();
  vi.advanceTimersByTime(3_600_000);
  expect(port.pings).toEqual([]);
});
