import { ApiError } from '../api/client';
import type { Texting } from '../i18n/language.svelte';
import type { Toasts } from '../kit/toasts.svelte';
import type { ServiceActions } from './service-actions';
import type { ServiceEntry } from './service-entry';

/** Services that are about to be deregistered. Nothing is sent until the toast ends, so undoing leaves no trace anywhere. */
export class Departures {
  readonly #actions: ServiceActions;
  readonly #toasts: Toasts;
  readonly #texting: Texting;
  #leaving = $state.raw<ReadonlySet<string>>(new Set());

  constructor(actions: ServiceActions, toasts: Toasts, texting: Texting) {
    this.#actions = actions;
    this.#toasts = toasts;
    this.#texting = texting;
  }

  has(id: string): boolean {
    return this.#leaving.has(id);
  }

  begin({ id, service }: ServiceEntry): void {
    if (this.has(id)) return;
    this.#leaving = new Set([...this.#leaving, id]);
    const texts = this.#texting.t.services;
    this.#toasts.show(texts.deregistering(service.name), {
      undo: () => {
        this.#forget(id);
        this.#toasts.show(texts.kept(service.name), { kind: 'good' });
      },
      done: () => void this.#carryOut(id, service.name),
    });
  }

  async #carryOut(id: string, name: string): Promise<void> {
    const { t } = this.#texting;
    try {
      await this.#actions.deregister(id);
      this.#toasts.show(t.services.deregistered(name), { kind: 'good' });
    } catch (error) {
      // Somebody else was quicker; what was wanted is so.
      if (!(error instanceof ApiError && error.status === 404)) {
        const what = error instanceof ApiError && !error.isUnreachable ? error.message : t.common.unreachable;
        this.#toasts.show(t.common.failed(what), { kind: 'bad' });
      }
    } finally {
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#leaving = new Set([...this.#leaving].filter((other) => other !== id));
  }
}
