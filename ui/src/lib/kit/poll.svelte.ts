/** Asks again and again while somebody looks. */
export class Poll<T> {
  readonly #ask: () => Promise<T>;
  readonly #interval: number;
  #value = $state.raw<T | undefined>(undefined);
  #failed = $state(false);
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: () => Promise<T>, interval: number) {
    this.#ask = ask;
    this.#interval = interval;
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** The last question had no answer: the value is an old one. */
  get failed(): boolean {
    return this.#failed;
  }

  /** @returns ends it; the last to leave stops the questions. */
  watch(): () => void {
    if (this.#watchers++ === 0) void this.#round();
    return () => {
      if (--this.#watchers === 0) clearTimeout(this.#timer);
    };
  }

  async now(): Promise<void> {
    try {
      this.#value = await this.#ask();
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer);
    if (!document.hidden) await this.now();
    if (this.#watchers > 0) this.#timer = setTimeout(() => void this.#round(), this.#interval);
  }
}
