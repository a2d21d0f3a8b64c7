/** Which rows of a long list are worth drawing. All rows have one height, so a row's place is a multiplication. */
export class RowWindow {
  readonly #rowHeight: () => number;
  readonly #count: () => number;
  #top = $state(0);
  #height = $state(600);
  #box: HTMLElement | undefined;

  constructor(rowHeight: () => number, count: () => number) {
    this.#rowHeight = rowHeight;
    this.#count = count;
  }

  readonly first = $derived.by(() =>
    Math.max(0, Math.min(Math.floor(this.#top / this.#rowHeight()) - spare, this.#count())),
  );
  readonly last = $derived.by(() =>
    Math.min(this.#count(), Math.ceil((this.#top + this.#height) / this.#rowHeight()) + spare),
  );
  readonly offset = $derived.by(() => this.first * this.#rowHeight());
  readonly total = $derived.by(() => this.#count() * this.#rowHeight());

  /** For `use:` on the box that scrolls. */
  readonly follow = (box: HTMLElement) => {
    this.#box = box;
    const measure = () => {
      this.#height = box.clientHeight;
      this.#top = box.scrollTop;
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(box);
    box.addEventListener('scroll', measure, { passive: true });
    measure();
    return {
      destroy: () => {
        watcher.disconnect();
        box.removeEventListener('scroll', measure);
      },
    };
  };

  /** Rows that fit on one screen. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight()) - 1);
  }

  /** @param head height of what sticks above the rows. */
  show(index: number, head: number): void {
    const box = this.#box;
    if (!box) return;
    const top = index * this.#rowHeight();
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.#rowHeight() + head > box.scrollTop + box.clientHeight)
      box.scrollTop = top + this.#rowHeight() + head - box.clientHeight;
  }
}

/** Rows above and below the visible ones, so that a flick shows no blank. */
const spare = 8;
