import type { Client } from '../api/client';
import type { EventPage, KeptEvent } from '../api/contracts';
import type { LoggedEvent } from './event-log.svelte';

export interface EventCondition {
  /** Empty or left out: any. */
  kind?: string;
  text?: string;
  serviceId?: string;
}

/** Shown at most; whoever wants more narrows it down, or takes the log as lines. */
const mostShown = 5_000;
/** Milliseconds from something happening to a look, and between two looks: a storm of events is read once a second. */
const pause = 1_000;
const firstPause = 150;

/**
 * What Beacon's own log says happened, the newest first. Live messages only tell that there is something new; what it is is asked for, so
 * nothing is shown twice or under another number, and what nobody is told of is there too.
 */
export class EventHistory {
  readonly #client: Pick<Client, 'get'>;
  readonly #pageSize: number;
  #events = $state.raw<readonly LoggedEvent[]>([]);
  #next = $state<number | null>(null);
  #isRead = $state(false);
  #failed = $state(false);
  #isBusy = $state(false);
  #condition: EventCondition = {};
  /** Answers to an earlier condition are thrown away. */
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastLook = 0;

  constructor(client: Pick<Client, 'get'>, pageSize = 100) {
    this.#client = client;
    this.#pageSize = pageSize;
  }

  get events(): readonly LoggedEvent[] {
    return this.#events;
  }

  get hasMore(): boolean {
    return this.#next !== null && this.#events.length < mostShown;
  }

  /** Once true, an empty list means that there is nothing. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** What is shown may be old. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Older ones are on their way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** From now on only what fits; what was shown goes when the answer is there. */
  async ask(condition: EventCondition): Promise<void> {
    this.#condition = condition;
    this.#round++;
    this.#isBusy = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#look(true);
  }

  /** Something happened. */
  lookSoon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#look(false);
      },
      Math.max(firstPause, this.#lastLook + pause - Date.now()),
    );
  }

  /** Nobody looks any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#round++;
  }

  async more(): Promise<void> {
    const before = this.#next;
    if (before === null || this.#isBusy) return;
    const round = this.#round;
    this.#isBusy = true;
    try {
      const page = await this.#read(before);
      if (round !== this.#round || this.#next !== before) return;
      this.#keep([...this.#events, ...page.events.map(line)], page.next);
      this.#failed = false;
    } catch {
      if (round === this.#round) this.#failed = true;
    } finally {
      if (round === this.#round) this.#isBusy = false;
    }
  }

  async #look(isNew: boolean): Promise<void> {
    const round = this.#round;
    this.#lastLook = Date.now();
    try {
      const page = await this.#read();
      if (round !== this.#round) return;
      if (isNew) this.#keep(page.events.map(line), page.next);
      else this.#join(page);
      this.#isRead = true;
      this.#failed = false;
    } catch {
      if (round === this.#round) this.#failed = true;
    }
  }

  #join(page: EventPage): void {
    const known = this.#events[0]?.key ?? 0;
    const newest = page.events[0]?.id ?? 0;
    const fresh = page.events.filter((event) => event.id > known).map(line);
    // More came than a page holds, or another log answers than before: what is shown would have a hole, or be of something else.
    const hasGap = fresh.length === page.events.length && page.next !== null;
    if (this.#events.length === 0 || hasGap || newest < known) this.#keep(page.events.map(line), page.next);
    else if (fresh.length > 0) this.#keep([...fresh, ...this.#events], this.#next);
  }

  #keep(events: LoggedEvent[], next: number | null): void {
    const kept = events.slice(0, mostShown);
    this.#events = kept;
    this.#next = kept.length < events.length ? (kept.at(-1)?.key ?? null) : next;
  }

  #read(before?: number): Promise<EventPage> {
    const query = new URLSearchParams({ limit: String(this.#pageSize) });
    const { kind, text, serviceId } = this.#condition;
    if (kind) query.set('kind', kind);
    if (text) query.set('q', text);
    if (serviceId) query.set('service_id', serviceId);
    if (before !== undefined) query.set('before', String(before));
    return this.#client.get<EventPage>(`/events?${query}`);
  }
}

function line(event: KeptEvent): LoggedEvent {
  return {
    key: event.id,
    type: event.kind,
    at: Date.parse(event.timestamp),
    serviceId: event.service_id ?? '',
    name: event.service_name ?? '',
    detail: event.detail ?? '',
    source: event.source ?? '',
  };
}
