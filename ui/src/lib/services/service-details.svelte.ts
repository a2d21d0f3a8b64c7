import { ApiError, type Client } from '../api/client';
import type { Announcement, ServiceDetail } from '../api/contracts';
import type { ServiceEntry } from './service-entry';
import { readHistory, type HealthHistory } from './health-history';

export const historyWindows = ['1h', '24h', '7d', '30d', '1y'] as const;
export type HistoryWindow = (typeof historyWindows)[number];

/** Milliseconds between two looks at what is not told of by live events. */
const interval = 10_000;
/** An announcement takes three probes, a quarter of a second apart. */
const settling = 1_200;

export interface LastCheck {
  at: string;
  failures: number;
}

/** What only the screen about one service needs: its announcement, and its health history where Beacon keeps one. */
export class ServiceDetails {
  readonly #client: Client;
  readonly #path: string;
  #announcement = $state.raw<Announcement | undefined>();
  #history = $state.raw<HealthHistory | undefined>();
  #lastCheck = $state.raw<LastCheck | undefined>();
  #window = $state<HistoryWindow>('24h');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWatched = false;

  readonly #entry: () => ServiceEntry | undefined;

  constructor(client: Client, id: string, entry: () => ServiceEntry | undefined) {
    this.#client = client;
    this.#entry = entry;
    this.#path = `/services/${encodeURIComponent(id)}`;
  }

  get announcement(): Announcement | undefined {
    return this.#announcement;
  }

  /** Undefined: not read yet, or this Beacon keeps none. */
  get history(): HealthHistory | undefined {
    return this.#history;
  }

  /** The last check as it was read here: live messages tell of changes only, not of every check that finds the same. */
  get lastCheck(): LastCheck | undefined {
    return this.#lastCheck;
  }

  get window(): HistoryWindow {
    return this.#window;
  }

  set window(window: HistoryWindow) {
    this.#window = window;
    void this.#look();
  }

  watch(): () => void {
    this.#isWatched = true;
    void this.#round();
    return () => {
      this.#isWatched = false;
      clearTimeout(this.#timer);
    };
  }

  /** Something changed; what follows from it is there in a moment. */
  lookSoon(pause = settling): void {
    if (!this.#isWatched) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#round(), pause);
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer);
    if (!document.hidden) await this.#look();
    if (this.#isWatched) this.#timer = setTimeout(() => void this.#round(), interval);
  }

  async #look(): Promise<void> {
    const window = this.#window;
    const entry = this.#entry();
    if (!entry) return;
    // Only a service that is checked has a history, and only a Beacon that checks says so.
    const isChecked = entry.service.health !== undefined;
    try {
      const [status, history] = await Promise.all([
        this.#client.get<ServiceDetail>(`${this.#path}/status`),
        isChecked ? this.#client.find<unknown>(`${this.#path}/health?window=${window}`) : undefined,
      ]);
      this.#announcement = status.mdns;
      this.#lastCheck = status.last_health_check
        ? { at: status.last_health_check, failures: status.consecutive_health_failures }
        : undefined;
      if (window === this.#window) this.#history = readHistory(history);
    } catch (error) {
      // Unreachable is shown by the connection's own state; a service that went is shown as gone.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
