export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'good' | 'bad';
  undo?: () => void;
  /** Milliseconds it is shown. */
  life: number;
}

interface ToastOptions {
  kind?: Toast['kind'];
  life?: number;
  undo?: () => void;
  /** Called once when it goes and was not undone. */
  done?: () => void;
}

/** Long enough to read a sentence and to reach the button. */
export const toastLife = 7_000;
const shownAtMost = 4;

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  readonly #ends = new Map<number, { timer: ReturnType<typeof setTimeout>; done: (() => void) | undefined }>();
  #last = 0;

  get list(): readonly Toast[] {
    return this.#list;
  }

  show(text: string, options: ToastOptions = {}): number {
    const id = ++this.#last;
    const life = options.life ?? toastLife;
    const undo = options.undo;
    const toast: Toast = {
      id,
      text,
      kind: options.kind ?? 'info',
      life,
      ...(undo ? { undo: () => (this.#drop(id), undo()) } : {}),
    };
    this.#ends.set(id, { timer: setTimeout(() => this.close(id), life), done: options.done });
    this.#list = [...this.#list, toast];
    while (this.#list.length > shownAtMost && this.#list[0]) this.close(this.#list[0].id);
    return id;
  }

  /** Ends it as its time would have. */
  close(id: number): void {
    const done = this.#ends.get(id)?.done;
    this.#drop(id);
    done?.();
  }

  /** When the page goes away: everything promised happens now. */
  closeAll(): void {
    for (const { id } of this.#list) this.close(id);
  }

  #drop(id: number): void {
    clearTimeout(this.#ends.get(id)?.timer);
    this.#ends.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }
}
