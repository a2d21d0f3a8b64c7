import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventPage, KeptEvent } from '../api/contracts';
import { EventHistory } from './event-history.svelte';

const kept = (id: number): KeptEvent => ({
  id,
  timestamp: '2026-11-23T08:25:01.500Z',
  kind: 'service_expired',
  service_id: null,
  service_name: `service ${String(id)}`,
  source: null,
  detail: null,
});

/** A log on a server, asked in pages of three. */
class Server {
  events: KeptEvent[] = [];
  asked: string[] = [];
  isAway = false;

  happen(...ids: number[]) {
    this.events.push(...ids.map(kept));
  }

  get<T>(path: string): Promise<T> {
    this.asked.push(path);
    if (this.isAway) return Promise.reject(new Error('away'));
    const query = new URL(path, 'http://x').searchParams;
    const before = Number(query.get('before') ?? Infinity);
    const limit = Number(query.get('limit'));
    const fitting = this.events.filter((event) => event.id < before).reverse();
    const page: EventPage = {
      events: fitting.slice(0, limit),
      next: fitting.length > limit ? (fitting[limit - 1]?.id ?? null) : null,
    };
    return Promise.resolve(page as T);
  }
}

describe('EventHistory', () => {
  let server: Server;
  let history: EventHistory;
  const shown = () => history.events.map((event) => event.key);
  const look = async () => {
    history.lookSoon();
    await vi.advanceTimersByTimeAsync(1_500);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    server = new Server();
    history = new EventHistory(server, 3);
  });

  afterEach(() => vi.useRealTimers());

  it('shows what was kept, the newest first, and older ones when asked', async () => {
    server.happen(1, 2, 3, 4, 5);
    await history.ask({});
    expect(shown()).toEqual([5, 4, 3]);
    expect(history.hasMore).toBe(true);
    await history.more();
    expect(shown()).toEqual([5, 4, 3, 2, 1]);
    expect(history.hasMore).toBe(false);
    expect(history.events[0]).toMatchObject({ name: 'service 5', at: Date.parse('2026-11-23T08:25:01.500Z') });
  });

  it('puts what is new on top, once, and keeps what was loaded', async () => {
    server.happen(1, 2, 3, 4);
    await history.ask({});
    await history.more();
    server.happen(5, 6);
    await look();
    await look();
    expect(shown()).toEqual([6, 5, 4, 3, 2, 1]);
    server.happen(7);
    await look();
    await history.more();
    expect(shown()).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('starts afresh where more came than a page holds, so that there is no hole', async () => {
    server.happen(1, 2);
    await history.ask({});
    server.happen(3, 4, 5, 6, 7);
    await look();
    expect(shown()).toEqual([7, 6, 5]);
    await history.more();
    await history.more();
    expect(shown()).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('starts afresh when another log answers', async () => {
    server.happen(10, 11);
    await history.ask({});
    server.events = [];
    server.happen(1);
    await look();
    expect(shown()).toEqual([1]);
    server.events = [];
    await look();
    expect(shown()).toEqual([]);
  });

  it('asks the server for what fits, and throws late answers to an earlier question away', async () => {
    server.happen(1);
    const first = history.ask({ text: 'ol' });
    server.events = [];
    server.happen(2);
    const second = history.ask({ kind: 'service_expired', text: 'old & new', serviceId: 'a/b' });
    await Promise.all([first, second]);
    expect(shown()).toEqual([2]);
    expect(new URL(server.asked[1] ?? '', 'http://x').searchParams.toString()).toBe(
      'limit=3&kind=service_expired&q=old+%26+new&service_id=a%2Fb',
    );
  });

  it('reads a storm of events once a second', async () => {
    await history.ask({});
    for (let i = 0; i < 100; i++) {
      history.lookSoon();
      await vi.advanceTimersByTimeAsync(50);
    }

    expect(server.asked.length).toBeLessThanOrEqual(7);
    expect(server.asked.length).toBeGreaterThanOrEqual(4);
  });

  it('keeps what it has while the log cannot be read, and says so', async () => {
    server.happen(1, 2, 3, 4);
    await history.ask({});
    server.isAway = true;
    await look();
    await history.more();
    expect(history.failed).toBe(true);
    expect(shown()).toEqual([4, 3, 2]);
    server.isAway = false;
    await history.more();
    expect(history.failed).toBe(false);
    expect(shown()).toEqual([4, 3, 2, 1]);
  });

  it('does not look any more once nobody does', async () => {
    await history.ask({});
    history.lookSoon();
    history.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.asked.length).toBe(1);
  });
});
