import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../api/contracts';
import { Live } from './live.svelte';

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 1;
  sent: string[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: URL) {
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(text);
  }

  close() {
    this.readyState = 3;
    this.onclose?.();
  }

  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const greeting = (seq: number, instance = 'one') => ({ type: 'connection_established', seq, instance });
const event = (seq: number) => ({ type: 'service_updated', data: { service_id: String(seq) }, seq });

describe('Live', () => {
  let loads: { finish: () => void; fail: () => void }[];
  let taken: (number | undefined)[];
  let frames: (() => void)[];
  let live: Live;
  const last = () => FakeSocket.all[FakeSocket.all.length - 1] as FakeSocket;
  const draw = () => {
    for (const frame of frames.splice(0)) frame();
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.all = [];
    loads = [];
    taken = [];
    frames = [];
    live = new Live({
      open: (url) => new FakeSocket(url) as unknown as WebSocket,
      url: new URL('ws://beacon.local/api/v1/ws'),
      load: () => new Promise((finish, fail) => loads.push({ finish, fail: () => fail(new Error('no')) })),
      take: (messages: readonly LiveMessage[]) => taken.push(...messages.map((message) => message.seq)),
      schedule: (flush) => frames.push(flush),
      random: () => 1,
    });
    live.connect();
  });

  afterEach(() => vi.useRealTimers());

  async function goLive(seq = 10) {
    last().says(greeting(seq));
    loads[0]?.finish();
    await settle();
  }

  it('reads the list once and is live then', async () => {
    expect(live.state).toBe('connecting');
    last().says(greeting(10));
    expect(live.state).toBe('loading');
    loads[0]?.finish();
    await settle();

    expect(live.state).toBe('live');
    expect(loads).toHaveLength(1);
  });

  it('holds back what comes while the list is read, and gives it after', async () => {
    last().says(greeting(10));
    last().says(event(11));
    draw();
    expect(taken).toEqual([]);
    loads[0]?.finish();
    await settle();
    draw();

    expect(taken).toEqual([11]);
  });

  it('gives one batch a frame', async () => {
    await goLive();
    last().says(event(11));
    last().says(event(12));
    expect(frames).toHaveLength(1);
    draw();

    expect(taken).toEqual([11, 12]);
  });

  it('asks for what it missed and reads nothing again', async () => {
    await goLive();
    last().says(event(17));
    last().close();
    expect(live.state).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(500);
    expect(last().url.searchParams.get('since')).toBe('17');
    last().says(greeting(20));
    expect(live.state).toBe('live');
    last().says(event(18));
    draw();

    expect(loads).toHaveLength(1);
    expect(taken).toEqual([17, 18]);
  });

  it('reads everything again when Beacon was started anew, and is not live before', async () => {
    await goLive();
    last().close();
    await vi.advanceTimersByTimeAsync(500);
    last().says(greeting(5, 'two'));
    expect(live.state).toBe('reconnecting');
    loads[1]?.finish();
    await settle();

    expect(live.state).toBe('live');
    last().says(event(6));
    draw();
    expect(taken).toEqual([6]);
  });

  it('reads everything again when it is told that messages are lost', async () => {
    await goLive();
    last().says({ type: 'resync', seq: 500 });
    last().says(event(499));
    last().says(event(501));
    loads[1]?.finish();
    await settle();
    draw();

    expect(taken.at(-1)).toBe(501);
  });

  it('waits longer each time, up to a bound, and tries at once when asked to', async () => {
    for (const pause of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      const sockets = FakeSocket.all.length;
      last().close();
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(FakeSocket.all).toHaveLength(sockets);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeSocket.all).toHaveLength(sockets + 1);
    }

    last().close();
    const sockets = FakeSocket.all.length;
    live.connect();
    live.connect();
    expect(FakeSocket.all).toHaveLength(sockets + 1);
  });

  it('tries again from the beginning when the list cannot be read', async () => {
    last().says(greeting(10));
    loads[0]?.fail();
    await settle();
    expect(live.state).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(500);

    expect(last().url.searchParams.has('since')).toBe(false);
  });

  it('leaves a connection that went silent', async () => {
    await goLive();
    const silent = last();
    await vi.advanceTimersByTimeAsync(75_000);
    expect(silent.sent).toEqual(['{"type":"ping"}']);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(live.state).not.toBe('live');
  });

  it('is not disturbed by what it cannot read', async () => {
    await goLive();
    last().onmessage?.({ data: '{' });
    last().says({ type: 'pong' });

    expect(live.state).toBe('live');
  });
});
