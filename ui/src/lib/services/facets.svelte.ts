import { facetNames, valuesOf, type FacetName } from './service-filter';
import type { ServiceEntry } from './service-entry';
import type { ServiceStore } from './service-store.svelte';

export interface FacetValue {
  value: string;
  count: number;
}

/** How many services have which type, tag, host …: counted as they come and go. */
export class Facets {
  readonly #store: ServiceStore;
  readonly #counts = new Map<FacetName, Map<string, number>>(facetNames.map((name) => [name, new Map()]));

  constructor(store: ServiceStore) {
    this.#store = store;
    for (const entry of store.entries()) this.#count(entry, 1);
    store.listen((changes) => {
      for (const { before, after } of changes) {
        this.#count(before, -1);
        this.#count(after, 1);
      }
    });
  }

  /** The most used first. */
  values(name: FacetName): FacetValue[] {
    void this.#store.version;
    return [...(this.#counts.get(name) ?? [])]
      .map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
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
