import type { ServiceEntry } from './service-entry';
import { comparer, followsLease, matcher, writeFilter, type ServiceFilter } from './service-filter';
import type { EntryChange, ServiceStore } from './service-store.svelte';

/**
 * The services that match a filter, in order. A change moves only the rows it concerns: at ten thousand services and hundreds of events
 * a second there is no time to filter and sort them all for each frame.
 */
export class ServiceList {
  readonly #store: ServiceStore;
  readonly #stop: () => void;
  #filter = $state.raw<ServiceFilter>({ text: '', facets: {}, sort: 'name', descending: false });
  #rows = $state.raw<readonly ServiceEntry[]>([]);
  #matches: (entry: ServiceEntry) => boolean = () => true;
  #compare: (left: ServiceEntry, right: ServiceEntry) => number = () => 0;

  constructor(store: ServiceStore, filter: ServiceFilter) {
    this.#store = store;
    this.#stop = store.listen((changes) => this.#take(changes));
    this.#set(filter);
  }

  get rows(): readonly ServiceEntry[] {
    return this.#rows;
  }

  get filter(): ServiceFilter {
    return this.#filter;
  }

  set filter(filter: ServiceFilter) {
    if (writeFilter(filter).toString() !== writeFilter(this.#filter).toString()) this.#set(filter);
  }

  stop(): void {
    this.#stop();
  }

  #set(filter: ServiceFilter): void {
    this.#filter = filter;
    this.#matches = matcher(filter);
    this.#compare = comparer(filter);
    this.#rebuild();
  }

  #rebuild(): void {
    this.#rows = [...this.#store.entries()].filter(this.#matches).sort(this.#compare);
  }

  #take(changes: readonly EntryChange[]): void {
    if (changes.length > rebuildFrom) {
      this.#rebuild();
      return;
    }

    let rows: ServiceEntry[] | undefined;
    for (const { before, after } of changes) {
      const at = before && this.#matches(before) ? this.#indexOf(rows ?? this.#rows, before) : -1;
      const fits = after !== undefined && this.#matches(after);
      if (at < 0 && !fits) continue;
      rows ??= [...this.#rows];
      if (at >= 0 && fits && this.#stays(before, after)) {
        rows[at] = after;
        continue;
      }

      if (at >= 0) rows.splice(at, 1);
      if (fits) rows.splice(this.#placeFor(rows, after), 0, after);
    }

    if (rows) this.#rows = rows;
  }

  #stays(before: ServiceEntry | undefined, after: ServiceEntry): boolean {
    return before !== undefined && !followsLease(this.#filter) && this.#compare(before, after) === 0;
  }

  /** The first place whose row does not come before the entry. */
  #placeFor(rows: readonly ServiceEntry[], entry: ServiceEntry): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row && this.#compare(row, entry) < 0) low = middle + 1;
      else high = middle;
    }

    return low;
  }

  #indexOf(rows: readonly ServiceEntry[], entry: ServiceEntry): number {
    const at = this.#placeFor(rows, entry);
    return rows[at]?.id === entry.id ? at : rows.findIndex((row) => row.id === entry.id);
  }
}

/** Above so many changes at once, sorting everything is quicker than moving one after the other. */
const rebuildFrom = 2_000;
