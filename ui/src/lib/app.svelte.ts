import { ApiError, Client } from './api/client';
import type { Health, LiveMessage } from './api/contracts';
import { EventLog } from './events/event-log.svelte';
import { duration, Texting } from './i18n/language.svelte';
import { Clock } from './kit/clock.svelte';
import { Poll } from './kit/poll.svelte';
import { Preferences } from './kit/preferences.svelte';
import { Router } from './kit/router.svelte';
import { Toasts } from './kit/toasts.svelte';
import { Live } from './live/live.svelte';
import { Departures } from './services/departures.svelte';
import { Facets } from './services/facets.svelte';
import { ServiceActions } from './services/service-actions';
import { ServiceLoader } from './services/service-loader';
import { ServiceStore } from './services/service-store.svelte';

/** Milliseconds between two looks at how Beacon is. */
const healthInterval = 5_000;
/** A page in the background is not drawn; its events are taken at this pace so that they do not pile up. */
const hiddenInterval = 500;

/** Everything that lives as long as the page, made once and put together here. */
export class App {
  readonly root = new URL(document.baseURI);
  readonly client = new Client(
    this.root,
    document.querySelector<HTMLMetaElement>('meta[name=beacon-api]')?.content ?? 'api/v1',
  );
  readonly router = new Router(this.root);
  readonly preferences = new Preferences(storage());
  readonly texting = new Texting();
  readonly clock = new Clock();
  readonly toasts = new Toasts();
  readonly store = new ServiceStore();
  readonly facets = new Facets(this.store);
  readonly log = new EventLog((id) => this.store.get(id)?.service.name);
  readonly actions = new ServiceActions(this.client);
  readonly departures = new Departures(this.actions, this.toasts, this.texting);
  readonly health = new Poll<Health>(() => this.client.get('/health'), healthInterval);
  readonly live: Live;
  readonly #loader = new ServiceLoader(this.client);
  #lastLive = $state(0);

  constructor() {
    this.live = new Live({
      url: this.client.socketUrl,
      load: () => this.#load(),
      take: (messages) => this.#take(messages),
      schedule: (flush) => {
        if (document.hidden) setTimeout(flush, hiddenInterval);
        else requestAnimationFrame(flush);
      },
    });
  }

  get t() {
    return this.texting.t;
  }

  /** When what is shown was last known to be true. */
  get lastLive(): number {
    return this.#lastLive;
  }

  async start(): Promise<void> {
    await this.texting.use(this.preferences.language, navigator.languages);
    this.clock.start();
    this.router.start();
    this.live.connect();
    addEventListener('online', () => this.live.connect());
    addEventListener('pagehide', () => this.toasts.closeAll());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.live.connect();
    });
    setInterval(() => {
      if (this.live.isLive) this.#lastLive = this.clock.read();
    }, 1000);
  }

  duration(milliseconds: number): string {
    return duration(this.t.time, milliseconds);
  }

  /** A moment for people, in their own form. */
  moment(milliseconds: number): string {
    const sameDay = new Date(milliseconds).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(this.texting.language, {
      timeStyle: 'medium',
      ...(sameDay ? {} : { dateStyle: 'medium' }),
    }).format(milliseconds);
  }

  number(value: number): string {
    return value.toLocaleString(this.texting.language);
  }

  /** Says what went wrong, once, in words. */
  complain(error: unknown): void {
    const what = error instanceof ApiError ? explain(error, this.t.common.unreachable) : String(error);
    this.toasts.show(this.t.common.failed(what), { kind: 'bad' });
  }

  async #load(): Promise<void> {
    // The first rows are shown while the rest is on its way; a second reading replaces everything at its end.
    const isFirst = this.store.counts.total === 0;
    const services = await this.#loader.load((page) => {
      if (isFirst) this.store.add(page);
    });
    this.store.replaceAll(services);
    this.#lastLive = this.clock.read();
  }

  #take(messages: readonly LiveMessage[]): void {
    const last = messages.at(-1)?.timestamp;
    if (last !== undefined) this.clock.hear(last * 1000);
    this.log.add(messages);
    this.store.apply(messages);
    if (messages.some((message) => message.type === 'services_cleanup')) void this.#forgetExpired();
    if (messages.some((message) => message.type === 'store_state_changed')) void this.health.now();
  }

  async #forgetExpired(): Promise<void> {
    try {
      this.store.keepExpired(await this.#loader.expired());
    } catch {
      // The next clean-up or the next connection tells.
    }
  }
}

function explain(error: ApiError, unreachable: string): string {
  if (error.isUnreachable) return unreachable;
  return error.message || error.problems.map((problem) => `${String(problem.loc.at(-1))}: ${problem.msg}`).join('; ');
}

/** Blocked in some browsers, where even asking throws. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
