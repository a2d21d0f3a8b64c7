import type { ServiceEntry } from './service-entry';

export const facetNames = ['status', 'type', 'tag', 'protocol', 'host'] as const;
export type FacetName = (typeof facetNames)[number];

export const sortKeys = ['name', 'type', 'host', 'status', 'lease', 'created'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What a list shows, as it stands in the address. */
export interface ServiceFilter {
  text: string;
  facets: Partial<Record<FacetName, string>>;
  sort: SortKey;
  descending: boolean;
}

export function readFilter(query: URLSearchParams): ServiceFilter {
  const facets: ServiceFilter['facets'] = {};
  for (const name of facetNames) {
    const value = query.get(name);
    if (value) facets[name] = value;
  }

  const sort = query.get('sort') ?? '';
  const key = sort.replace(/^-/, '') as SortKey;
  return {
    text: query.get('q') ?? '',
    facets,
    sort: sortKeys.includes(key) ? key : 'name',
    descending: sortKeys.includes(key) && sort.startsWith('-'),
  };
}

export function writeFilter(filter: ServiceFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text) query.set('q', filter.text);
  for (const name of facetNames) {
    const value = filter.facets[name];
    if (value) query.set(name, value);
  }

  if (filter.sort !== 'name' || filter.descending) query.set('sort', (filter.descending ? '-' : '') + filter.sort);
  return query;
}

/** The values of an entry under a facet. */
export function valuesOf(entry: ServiceEntry, name: FacetName): readonly string[] {
  const { service } = entry;
  switch (name) {
    case 'status':
      return [entry.status];
    case 'type':
      return [service.type];
    case 'tag':
      return service.tags;
    case 'protocol':
      return [service.protocol];
    case 'host':
      return [service.host];
  }
}

/** Every word must be found; expired services show up only when they are asked for. */
export function matcher(filter: ServiceFilter): (entry: ServiceEntry) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const facets = facetNames.flatMap((name) =>
    filter.facets[name] === undefined ? [] : [[name, filter.facets[name]] as const],
  );
  const hidesExpired = filter.facets.status === undefined;
  return (entry) =>
    !(hidesExpired && entry.status === 'expired') &&
    facets.every(([name, value]) => valuesOf(entry, name).includes(value)) &&
    words.every((word) => entry.text.includes(word));
}

/** Of two services that are equal in everything else the id decides, so that no row ever jumps. */
export function comparer(filter: ServiceFilter): (left: ServiceEntry, right: ServiceEntry) => number {
  const key = keyOf(filter.sort);
  const sign = filter.descending ? -1 : 1;
  return (left, right) =>
    sign * compare(key(left), key(right)) || compare(nameOf(left), nameOf(right)) || compare(left.id, right.id);
}

/** True when a heartbeat moves a row. */
export const followsLease = (filter: ServiceFilter): boolean => filter.sort === 'lease';

function keyOf(sort: SortKey): (entry: ServiceEntry) => string | number {
  switch (sort) {
    case 'name':
      return nameOf;
    case 'type':
      return (entry) => entry.service.type;
    case 'host':
      return hostKey;
    case 'status':
      return (entry) => ranks[entry.status] ?? 0;
    case 'lease':
      return (entry) => entry.expiresAt;
    case 'created':
      return (entry) => entry.service.created_at;
  }
}

/** Trouble first. */
const ranks: Record<string, number> = { unhealthy: 0, expired: 1, inactive: 2, active: 3 };

/** The text begins with the name in lower case. */
function nameOf(entry: ServiceEntry): string {
  return entry.text;
}

/** Addresses in the order of their numbers. */
function hostKey(entry: ServiceEntry): string {
  const { host } = entry.service;
  return /^\d+(\.\d+){3}$/.test(host) ? host.replace(/\d+/g, (part) => part.padStart(3, '0')) : host;
}

function compare(left: string | number, right: string | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
