import { facetNames, valuesOf, type FacetName } from './service-filter';
import type { ServiceEntry } from './service-entry';
import type { ServiceStore } from './service-store.svelte';

export interface FacetValue {
  value: string;
  count: number;
}

/** Milliseconds: choices that are counted anew for each frame cannot be read, and hundreds of them cost more than the list. */
const pace = 500;

/** How many services have which type, tag, host …: counted as they come and go. */
export class Facets {
  #version = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #counts = new Map<FacetName, Map<string, number>>(facetNames.map((name) => [name, new Map()]));

  constructor(store: ServiceStore) {
    for (const entry of store.entries()) this.#count(entry, 1);
    store.listen((changes) => {
      for (const { before, after } of changes) {
        // A heartbeat changes no count.
        if (before?.service.tags === after?.service.tags && before?.status === after?.status) continue;
        this.#count(before, -1);
        this.#count(after, 1);
        if (this.#timer === undefined) this.#timer = setTimeout(() => this.#tell(), pace);
      }
    });
  }

  /** The most used first. */
  values(name: FacetName): FacetValue[] {
    void this.#version;
    return [...(this.#counts.get(name) ?? [])]
      .map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
  }

  #tell(): void {
    this.#timer = undefined;
    this.#version++;
  }

  #count(entry: ServiceEntry | undefined, by: number): void {
    if (!entry) return;
    for (const name of facetNames) {
      // Counts are of what the unfiltered list shows.
      if (name !== 'status' && entry.status === 'expired') continue;
      const counts = this.#counts.get(name);
      for (const value of valuesOf(entry, name)) {
        const count = (counts?.get(value) ?? 0) + by;
        if (count > 0) counts?.set(value, count);
        else counts?.delete(value);
      }
    }
  }
}
