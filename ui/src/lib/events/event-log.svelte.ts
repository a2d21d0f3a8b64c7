import type { LiveMessage } from '../api/contracts';

export interface LoggedEvent {
  /** Unique within the page. */
  key: number;
  type: string;
  /** Milliseconds. */
  at: number;
  serviceId: string;
  name: string;
  detail: string;
  /** Address of whoever asked for it, as far as the kept log knows. */
  source?: string;
}

/** Told of live and kept by nobody: there are too many. */
export const heartbeat = 'service_heartbeat';
/** Kept in memory; the oldest go. */
export const eventsKept = 2_000;
/** What the chart can show: one figure for each ten seconds of the last half hour. */
export const bucketMilliseconds = 10_000;
const bucketsKept = 180;

/** What happened while this page was open. */
export class EventLog {
  #events: LoggedEvent[] = [];
  #version = $state(0);
  #news = $state(0);
  #last = 0;
  readonly #buckets = new Map<number, number>();
  readonly #nameOf: (id: string) => string | undefined;
  readonly startedAt = Date.now();

  constructor(nameOf: (id: string) => string | undefined) {
    this.#nameOf = nameOf;
  }

  /** The newest first. */
  get events(): readonly LoggedEvent[] {
    void this.#version;
    return this.#events;
  }

  /** Moves with every batch. */
  get version(): number {
    return this.#version;
  }

  /** Moves with every batch that has more than heartbeats: Beacon's own log has something new then. */
  get news(): number {
    return this.#news;
  }

  /** Before the services change, so that the name of one that goes is still known. */
  add(messages: readonly LiveMessage[]): void {
    const added: LoggedEvent[] = [];
    for (const message of messages) {
      // Told of as service_expired already.
      if (message.type === 'service_deregistered' && message.data?.['reason'] === 'expired') continue;
      added.unshift(this.#read(message));
    }

    if (added.length === 0) return;
    for (const { at } of added) {
      const bucket = Math.floor(at / bucketMilliseconds);
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    }

    for (const bucket of this.#buckets.keys()) {
      if (this.#buckets.size <= bucketsKept) break;
      this.#buckets.delete(bucket);
    }

    this.#events = [...added, ...this.#events].slice(0, eventsKept);
    this.#version++;
    if (added.some((event) => event.type !== heartbeat)) this.#news++;
  }

  /** Events per minute for each ten seconds up to now, the oldest first; nothing from before the page was opened. */
  perMinute(now: number, span: number): { at: number[]; rate: (number | null)[] } {
    void this.#version;
    const end = Math.floor(now / bucketMilliseconds);
    const at: number[] = [];
    const rate: (number | null)[] = [];
    const first = Math.floor(this.startedAt / bucketMilliseconds);
    for (let bucket = end - Math.floor(span / bucketMilliseconds); bucket < end; bucket++) {
      at.push((bucket * bucketMilliseconds) / 1000);
      rate.push(bucket < first ? null : (this.#buckets.get(bucket) ?? 0) * (60_000 / bucketMilliseconds));
    }

    return { at, rate };
  }

  #read({ type, data, timestamp }: LiveMessage): LoggedEvent {
    const id = text(data?.['service_id']);
    const name = text(data?.['name']) || text(data?.['service_name']) || this.#nameOf(id) || '';
    return {
      key: ++this.#last,
      type,
      at: (timestamp ?? Date.now() / 1000) * 1000,
      serviceId: id,
      name,
      detail: detailOf(type, data ?? {}),
    };
  }
}

function detailOf(type: string, data: Record<string, unknown>): string {
  if (type === 'services_cleanup') return text(data['removed_count']);
  if (type === 'store_state_changed') return text(data['state']);
  if (type === 'health_status_changed') return [text(data['status']), text(data['error'])].filter(Boolean).join(': ');
  if (type === 'service_registered' || type === 'service_updated') return `${text(data['host'])}:${text(data['port'])}`;
  return '';
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
