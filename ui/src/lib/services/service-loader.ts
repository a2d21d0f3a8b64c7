import type { Client } from '../api/client';
import type { Service, ServicePage } from '../api/contracts';

/** The largest page there is. */
const pageSize = 100;
/** Beside each other; more would keep a small server from everybody else. */
const pagesAtOnce = 4;
/** A list that loses rows while it is read is read again. */
const tries = 3;

/** Reads the whole list, page by page. */
export class ServiceLoader {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** @param arrived is given each page as it comes, so that the first rows can be shown at once. */
  async load(arrived: (services: readonly Service[]) => void): Promise<Service[]> {
    const [living, expired] = await Promise.all([this.#whole(arrived), this.expired()]);
    return [...living, ...expired];
  }

  async expired(): Promise<Service[]> {
    const first = await this.#page('/services/expired', 0);
    const services = [...first.services];
    while (services.length < first.total) {
      const page = await this.#page('/services/expired', services.length);
      if (page.services.length === 0) break;
      services.push(...page.services);
    }

    return services;
  }

  async #whole(arrived: (services: readonly Service[]) => void): Promise<Service[]> {
    for (let attempt = 1; ; attempt++) {
      const byId = new Map<string, Service>();
      let total = Infinity;
      let next = 0;
      const read = async (skip: number) => {
        const page = await this.#page('/services', skip);
        total = page.total;
        for (const service of page.services) byId.set(service.service_id, service);
        arrived(page.services);
      };
      const work = async () => {
        while (next < total) {
          const skip = next;
          next += pageSize;
          await read(skip);
        }
      };
      next = pageSize;
      await read(0);
      await Promise.all(Array.from({ length: pagesAtOnce }, work));

      // A service that goes while the list is read moves all behind it one place up, over the edge of a page that was read already.
      if (byId.size >= total || attempt === tries) return [...byId.values()];
    }
  }

  #page(path: string, skip: number): Promise<ServicePage> {
    return this.#client.get(`${path}?limit=${String(pageSize)}&skip=${String(skip)}`);
  }
}
