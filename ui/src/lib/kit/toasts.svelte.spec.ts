import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Texting } from '../i18n/language.svelte';
import { ApiError, type Client } from '../api/client';
import { Departures } from '../services/departures.svelte';
import { sample } from '../services/sample';
import { ServiceActions } from '../services/service-actions';
import { ServiceEntry } from '../services/service-entry';
import { toastLife, Toasts } from './toasts.svelte';

describe('Deregistering', () => {
  const entry = ServiceEntry.of(sample('a'));
  let sent: string[];
  let answer: () => Promise<unknown>;
  let toasts: Toasts;
  let departures: Departures;

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    answer = () => Promise.resolve({});
    const client = {
      delete: (path: string) => {
        sent.push(path);
        return answer();
      },
    };
    toasts = new Toasts();
    departures = new Departures(new ServiceActions(client as unknown as Client), toasts, new Texting());
  });

  afterEach(() => vi.useRealTimers());

  it('is sent when the toast ends and not before', async () => {
    departures.begin(entry);
    await vi.advanceTimersByTimeAsync(toastLife - 1);
    expect(sent).toEqual([]);
    expect(departures.has('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(1);

    expect(sent).toEqual(['/services/a']);
    expect(departures.has('a')).toBe(false);
  });

  it('is never sent when it was undone', async () => {
    departures.begin(entry);
    toasts.list[0]?.undo?.();
    await vi.advanceTimersByTimeAsync(2 * toastLife);

    expect(sent).toEqual([]);
    expect(departures.has('a')).toBe(false);
  });

  it('is sent at once when the page is left, and once only', async () => {
    departures.begin(entry);
    departures.begin(entry);
    toasts.closeAll();
    await vi.advanceTimersByTimeAsync(2 * toastLife);

    expect(sent).toEqual(['/services/a']);
  });

  it('says so when it failed, but not when the service was gone already', async () => {
    answer = () => Promise.reject(new ApiError(404, 'Service not found'));
    departures.begin(entry);
    toasts.closeAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(toasts.list.filter((toast) => toast.kind === 'bad')).toEqual([]);

    answer = () => Promise.reject(new ApiError(503, 'The store is busy'));
    departures.begin(entry);
    toasts.closeAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(toasts.list.at(-1)?.text).toContain('The store is busy');
  });

  it('shows a few at once; the oldest gives way and counts as ended', () => {
    let ended = 0;
    for (let index = 0; index < 5; index++) toasts.show(String(index), { done: () => ended++ });

    expect(toasts.list.map((toast) => toast.text)).toEqual(['1', '2', '3', '4']);
    expect(ended).toBe(1);
  });
});
