import { describe, expect, it } from 'vitest';
import { Facets } from './facets.svelte';
import { sample } from './sample';
import { ServiceStore } from './service-store.svelte';

const registered = (id: string, members = {}) => ({
  type: 'service_registered',
  data: { ...sample(id, members) },
  seq: 1,
});

describe('ServiceStore', () => {
  it('has one entry for a service that registers twice', () => {
    const store = new ServiceStore();
    store.apply([registered('a'), registered('a', { name: 'again' })]);

    expect(store.counts).toEqual({ total: 1, active: 1, unhealthy: 0, expired: 0 });
    expect(store.get('a')?.service.name).toBe('again');
  });

  it('moves the lease with a heartbeat and keeps the rest', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a', { tags: ['x'] })]);
    store.apply([
      {
        type: 'service_heartbeat',
        data: {
          service_id: 'a',
          status: 'active',
          expires_at: '2026-11-24T11:00:00Z',
          last_heartbeat: '2026-11-24T10:55:00Z',
        },
      },
    ]);

    expect(store.get('a')?.expiresAt).toBe(Date.parse('2026-11-24T11:00:00Z'));
    expect(store.get('a')?.service.tags).toEqual(['x']);
  });

  it('keeps an expired service as expired until the clean-up takes it', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a'), sample('b')]);
    const lease = { service_id: 'a', expires_at: '2026-11-24T10:05:00Z', last_heartbeat: '2026-11-24T10:00:00Z' };
    store.apply([
      { type: 'service_expired', data: lease },
      { type: 'service_deregistered', data: { service_id: 'a', reason: 'expired' } },
    ]);
    expect(store.counts).toEqual({ total: 2, active: 1, unhealthy: 0, expired: 1 });

    store.keepExpired([]);
    expect(store.counts).toEqual({ total: 1, active: 1, unhealthy: 0, expired: 0 });
  });

  it('takes the health and the status of a service from a change of its health', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a', { health: 'healthy' })]);
    store.apply([
      {
        type: 'health_status_changed',
        data: {
          service_id: 'a',
          status: 'unhealthy',
          service_status: 'unhealthy',
          consecutive_failures: 3,
          flapping: false,
          error: 'refused',
        },
      },
    ]);

    const entry = store.get('a');
    expect([entry?.status, entry?.service.health, entry?.service.consecutive_health_failures]).toEqual([
      'unhealthy',
      'unhealthy',
      3,
    ]);
    expect(entry?.service.expires_at).toBe(sample('a').expires_at);
    expect(store.counts.unhealthy).toBe(1);
  });

  it('forgets what a new reading of the list does not have', () => {
    const store = new ServiceStore();
    store.replaceAll([sample('a'), sample('b')]);
    store.replaceAll([sample('b'), sample('c')]);

    expect([...store.entries()].map((entry) => entry.id)).toEqual(['b', 'c']);
  });

  it('ignores what it does not know', () => {
    const store = new ServiceStore();
    store.apply([
      { type: 'new_thing', data: { service_id: 'a' } },
      { type: 'service_heartbeat', data: { service_id: 'gone' } },
      { type: 'pong' },
    ]);

    expect(store.counts.total).toBe(0);
  });

  it('counts facets as services come and go', () => {
    const store = new ServiceStore();
    const facets = new Facets(store);
    store.replaceAll([sample('a', { tags: ['x', 'y'] }), sample('b', { tags: ['x'] })]);
    store.apply([{ type: 'service_deregistered', data: { service_id: 'a' } }]);

    expect(facets.values('tag')).toEqual([{ value: 'x', count: 1 }]);
  });
});
