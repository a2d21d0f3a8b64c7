import type { ServiceEntry } from '../services/service-entry';
import type { EntryChange, ServiceStore } from '../services/service-store.svelte';
import { arrange, type Placed } from './arrange';

export interface HostGroup {
  host: string;
  services: readonly ServiceEntry[];
}

/** Milliseconds: a picture that moves more often cannot be read. */
const pace = 400;
/** Hosts that are drawn, those with the most services first; the list has all. */
const hostsDrawn = 200;

/** Hosts and what runs on them, redrawn when that changes and not for each heartbeat. */
export class Topology {
  readonly #store: ServiceStore;
  readonly #stop: () => void;
  #groups = $state.raw<readonly HostGroup[]>([]);
  #placed = $state.raw<readonly Placed[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: ServiceStore) {
    this.#store = store;
    this.#stop = store.listen((changes) => {
      if (changes.some(shows)) this.#timer ??= setTimeout(() => this.#draw(), pace);
    });
    this.#draw();
  }

  /** In the order of their names. */
  get groups(): readonly HostGroup[] {
    return this.#groups;
  }

  get placed(): readonly Placed[] {
    return this.#placed;
  }

  get isCut(): boolean {
    return this.#groups.length > hostsDrawn;
  }

  stop(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  #draw(): void {
    this.#timer = undefined;
    const byHost = new Map<string, ServiceEntry[]>();
    for (const entry of this.#store.entries()) {
      if (entry.status === 'expired') continue;
      const services = byHost.get(entry.service.host);
      if (services) services.push(entry);
      else byHost.set(entry.service.host, [entry]);
    }

    const groups = [...byHost].map(([host, services]) => ({ host, services: services.sort(byName) }));
    this.#groups = groups.sort((left, right) => left.host.localeCompare(right.host, undefined, { numeric: true }));
    const drawn = [...groups].sort((left, right) => right.services.length - left.services.length).slice(0, hostsDrawn);
    this.#placed = arrange(drawn, this.#placed);
  }
}

const byName = (left: ServiceEntry, right: ServiceEntry) => (left.text < right.text ? -1 : 1);

function shows({ before, after }: EntryChange): boolean {
  return (
    before?.service.name !== after?.service.name ||
    before?.service.host !== after?.service.host ||
    before?.status !== after?.status
  );
}
