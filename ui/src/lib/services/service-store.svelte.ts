import type { LiveMessage, Service } from '../api/contracts';
import { ServiceEntry, type LeaseChange } from './service-entry';

/** What became of one service; neither means nothing to anybody. */
export interface EntryChange {
  before: ServiceEntry | undefined;
  after: ServiceEntry | undefined;
}

export type StoreListener = (changes: readonly EntryChange[]) => void;

/** How a live event changed the services; the event log shows it. */
export interface Counts {
  total: number;
  active: number;
  unhealthy: number;
  expired: number;
}

/**
 * Every service by its id. The map itself is plain: ten thousand services behind proxies would cost more than all else. Whoever reads
 * depends on one number that moves once per batch.
 */
export class ServiceStore {
  readonly #byId = new Map<string, ServiceEntry>();
  readonly #listeners = new Set<StoreListener>();
  #version = $state(0);
  #counts: Counts = { total: 0, active: 0, unhealthy: 0, expired: 0 };

  get version(): number {
    return this.#version;
  }

  get counts(): Counts {
    void this.#version;
    return this.#counts;
  }

  get(id: string): ServiceEntry | undefined {
    void this.#version;
    return this.#byId.get(id);
  }

  /** Without a dependency: for those who are told of changes. */
  entries(): IterableIterator<ServiceEntry> {
    return this.#byId.values();
  }

  /** @returns ends it. */
  listen(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The registry as it is now; what is not among them is gone. */
  replaceAll(services: Iterable<Service>): void {
    const changes: EntryChange[] = [];
    const left = new Set(this.#byId.keys());
    for (const service of services) {
      left.delete(service.service_id);
      changes.push(this.#put(service.service_id, ServiceEntry.of(service)));
    }

    for (const id of left) changes.push(this.#put(id, undefined));
    this.#tell(changes);
  }

  /** One page of a list that is still being read. */
  add(services: Iterable<Service>): void {
    this.#tell([...services].map((service) => this.#put(service.service_id, ServiceEntry.of(service))));
  }

  /** Expired services were removed; those that are left are given. */
  keepExpired(services: readonly Service[]): void {
    const left = new Set(services.map((service) => service.service_id));
    const gone = [...this.#byId.values()].filter((entry) => entry.status === 'expired' && !left.has(entry.id));
    this.#tell(gone.map((entry) => this.#put(entry.id, undefined)));
  }

  /** A batch of live messages in their order. */
  apply(messages: readonly LiveMessage[]): void {
    const changes: EntryChange[] = [];
    for (const message of messages) {
      const change = this.#applyOne(message);
      if (change) changes.push(change);
    }

    this.#tell(changes);
  }

  #applyOne({ type, data }: LiveMessage): EntryChange | undefined {
    const id = data?.['service_id'];
    if (typeof id !== 'string' || !data) return undefined;
    const known = this.#byId.get(id);
    switch (type) {
      case 'service_registered':
      case 'service_updated':
        return this.#put(id, ServiceEntry.of(data as unknown as Service));
      case 'service_heartbeat':
        return this.#renew(known, data as unknown as LeaseChange);
      case 'health_status_changed':
        return this.#renew(known, healthOf(data) as unknown as LeaseChange);
      case 'service_expired':
        return this.#renew(known, { ...(data as unknown as LeaseChange), status: 'expired' });
      case 'service_deregistered':
        // Expired ones stay readable until the clean-up takes them.
        return data['reason'] === 'expired' ? undefined : this.#put(id, undefined);
      default:
        return undefined;
    }
  }

  #renew(known: ServiceEntry | undefined, change: LeaseChange): EntryChange | undefined {
    return known && this.#put(known.id, known.renewed(change));
  }

  #put(id: string, after: ServiceEntry | undefined): EntryChange {
    const before = this.#byId.get(id);
    if (after) this.#byId.set(id, after);
    else this.#byId.delete(id);
    return { before, after };
  }

  #tell(changes: readonly EntryChange[]): void {
    if (changes.length === 0) return;
    const counts = { ...this.#counts };
    for (const { before, after } of changes) {
      count(counts, before, -1);
      count(counts, after, 1);
    }

    this.#counts = counts;
    for (const listener of this.#listeners) listener(changes);
    this.#version++;
  }
}

/** In this message `status` is that of the health, and the service's own stands beside it. */
function healthOf(data: Record<string, unknown>): Record<string, unknown> {
  return {
    health: data['status'],
    status: data['service_status'],
    expires_at: data['expires_at'],
    flapping: data['flapping'],
    consecutive_health_failures: data['consecutive_failures'],
  };
}

function count(counts: Counts, entry: ServiceEntry | undefined, by: number): void {
  if (!entry) return;
  counts.total += by;
  if (entry.status === 'active') counts.active += by;
  else if (entry.status === 'unhealthy') counts.unhealthy += by;
  else if (entry.status === 'expired') counts.expired += by;
}
