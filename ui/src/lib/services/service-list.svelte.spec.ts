import { describe, expect, it } from 'vitest';
import { sample } from './sample';
import { comparer, matcher, readFilter, writeFilter } from './service-filter';
import { ServiceList } from './service-list.svelte';
import { ServiceStore } from './service-store.svelte';

const ids = (list: ServiceList) => list.rows.map((row) => row.id);
const filterOf = (query: string) => readFilter(new URLSearchParams(query));

/** The same numbers each time; mulberry32. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('ServiceList', () => {
  it('finds every word in name, host, type, tag or metadata, in any case', () => {
    const store = new ServiceStore();
    store.replaceAll([
      sample('a', { name: 'Kitchen', tags: ['ESP32'] }),
      sample('b', { name: 'Kitchen', metadata: { room: 'esp' } }),
      sample('c'),
    ]);

    expect(ids(new ServiceList(store, filterOf('q=esp32+KITCHEN')))).toEqual(['a']);
    expect(ids(new ServiceList(store, filterOf('q=esp'))).sort()).toEqual(['a', 'b']);
  });

  it('hides expired services until they are asked for', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a'), sample('b', { status: 'expired' })]);

    expect(ids(new ServiceList(store, filterOf('')))).toEqual(['a']);
    expect(ids(new ServiceList(store, filterOf('status=expired')))).toEqual(['b']);
  });

  it('sorts addresses by their numbers', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a', { host: '10.0.0.10' }), sample('b', { host: '10.0.0.9' })]);

    expect(ids(new ServiceList(store, filterOf('sort=host')))).toEqual(['b', 'a']);
    expect(ids(new ServiceList(store, filterOf('sort=-host')))).toEqual(['a', 'b']);
  });

  it.each(['', 'sort=-lease', 'sort=host&q=1', 'type=mqtt&sort=-name', 'status=expired'])(
    'is after any run of events what filtering and sorting everything gives: %s',
    (query) => {
      const filter = filterOf(query);
      const store = new ServiceStore();
      const list = new ServiceList(store, filter);
      const next = numbers(4711);
      for (let round = 0; round < 300; round++) {
        store.apply(
          Array.from({ length: 1 + next(6) }, () => {
            const id = `s${String(next(40))}`;
            const lease = {
              service_id: id,
              status: 'active',
              expires_at: new Date(1.7e12 + next(1e6)).toISOString(),
              last_heartbeat: '2026-11-24T10:00:00Z',
            };
            const type =
              ['service_registered', 'service_updated', 'service_heartbeat', 'service_expired', 'service_deregistered'][
                next(5)
              ] ?? '';
            const whole = {
              ...sample(id, {
                name: `n${String(next(9))}`,
                host: `10.0.0.${String(next(20))}`,
                type: next(2) ? 'mqtt' : 'http',
              }),
            };
            return {
              type,
              data: /registered|updated/.test(type) && type !== 'service_deregistered' ? { ...whole, ...lease } : lease,
            };
          }),
        );

        const expected = [...store.entries()].filter(matcher(filter)).sort(comparer(filter));
        expect(list.rows.map((row) => row.id)).toEqual(expected.map((row) => row.id));
        expect(list.rows.every((row) => row === store.get(row.id))).toBe(true);
      }
    },
  );

  it('writes a filter into an address and reads the same from it', () => {
    const query = 'q=a+b&status=active&tag=x%26y&host=10.0.0.1&sort=-lease';

    expect(writeFilter(filterOf(query)).toString()).toBe(query);
    expect(writeFilter(filterOf('sort=nonsense')).toString()).toBe('');
  });
});
