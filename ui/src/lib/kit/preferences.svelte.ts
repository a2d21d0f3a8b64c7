export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

const key = 'beacon';

interface Kept {
  theme?: unknown;
  density?: unknown;
  language?: unknown;
  view?: unknown;
}

/** What this browser likes; kept in it, and nowhere else. */
export class Preferences {
  #theme = $state<Theme>('system');
  #density = $state<Density>('comfortable');
  #view = $state<'table' | 'cards'>('table');
  #language = $state('');
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.#storage = storage;
    const kept = read(storage);
    if (kept.theme === 'light' || kept.theme === 'dark') this.#theme = kept.theme;
    if (kept.density === 'compact') this.#density = kept.density;
    if (kept.view === 'cards') this.#view = kept.view;
    if (typeof kept.language === 'string') this.#language = kept.language;
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.#keep();
  }

  get density(): Density {
    return this.#density;
  }

  set density(density: Density) {
    this.#density = density;
    this.#keep();
  }

  get view(): 'table' | 'cards' {
    return this.#view;
  }

  set view(view: 'table' | 'cards') {
    this.#view = view;
    this.#keep();
  }

  /** Empty: the browser's. */
  get language(): string {
    return this.#language;
  }

  set language(language: string) {
    this.#language = language;
    this.#keep();
  }

  #keep(): void {
    try {
      this.#storage?.setItem(
        key,
        JSON.stringify({ theme: this.#theme, density: this.#density, view: this.#view, language: this.#language }),
      );
    } catch {
      // A browser that keeps nothing still works.
    }
  }
}

function read(storage: Pick<Storage, 'getItem'> | undefined): Kept {
  try {
    return (JSON.parse(storage?.getItem(key) ?? '{}') as Kept | null) ?? {};
  } catch {
    return {};
  }
}
