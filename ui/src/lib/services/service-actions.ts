import type { Client } from '../api/client';
import type { Lease, Registration, Service, ServiceDetail, Update } from '../api/contracts';

/** Everything that can be done to a service. The screens are told of the outcome by the live connection, like everybody else. */
export class ServiceActions {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  read(id: string): Promise<ServiceDetail> {
    return this.#client.get(`${path(id)}/status`);
  }

  register(registration: Registration): Promise<Service> {
    return this.#client.post('/services/register', registration);
  }

  update(id: string, update: Update): Promise<Service> {
    return this.#client.put(path(id), update);
  }

  /** @param seconds for this renewal only. */
  extend(id: string, seconds: number): Promise<Lease> {
    return this.#client.put(`${path(id)}/heartbeat?ttl=${String(seconds)}`);
  }

  /** Goes through even when the page is left meanwhile. */
  deregister(id: string): Promise<unknown> {
    return this.#client.delete(path(id), true);
  }

  checkNow(id: string): Promise<unknown> {
    return this.#client.post(`${path(id)}/check`);
  }

  startMaintenance(id: string, seconds: number, reason: string): Promise<unknown> {
    return this.#client.put(`${path(id)}/maintenance`, { duration: seconds, reason });
  }

  endMaintenance(id: string): Promise<unknown> {
    return this.#client.delete(`${path(id)}/maintenance`);
  }
}

const path = (id: string): string => `/services/${encodeURIComponent(id)}`;
