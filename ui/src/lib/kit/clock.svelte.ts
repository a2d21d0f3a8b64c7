/** Now, as Beacon sees it: leases are counted on its clock, and a tablet on the wall may be minutes off. */
export class Clock {
  #now = $state(Date.now());
  #ahead = 0;

  /** Milliseconds; moves once a second while the page is shown. */
  get now(): number {
    return this.#now;
  }

  /** Exactly now, for what is computed once. */
  read(): number {
    return Date.now() + this.#ahead;
  }

  /** Beacon's time as a message carried it. The least delayed message says most, so only a later clock counts fully. */
  hear(serverMilliseconds: number): void {
    const ahead = serverMilliseconds - Date.now();
    const drift = ahead - this.#ahead;
    if (drift > 0 || drift < -believable) this.#ahead = ahead;
  }

  start(): void {
    const tick = () => {
      if (!document.hidden) this.#now = this.read();
    };
    setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    tick();
  }
}

/** A message may have been under way this long. */
const believable = 5_000;
