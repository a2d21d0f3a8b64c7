import { en, type Texts } from './en';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The texts in the language that is read. Only English is part of the first load. */
export class Texting {
  #texts = $state.raw<Texts>(en);
  #language = $state<Language>('en');

  get t(): Texts {
    return this.#texts;
  }

  get language(): Language {
    return this.#language;
  }

  /** @param wanted empty for what the browser prefers. */
  async use(wanted: string, preferred: readonly string[]): Promise<void> {
    const language = choose(wanted, preferred);
    this.#texts = language === 'de' ? (await import('./de')).de : en;
    this.#language = language;
  }
}

export function choose(wanted: string, preferred: readonly string[]): Language {
  const known = (tag: string) => languages.find((language) => tag.toLowerCase().split('-')[0] === language);
  return known(wanted) ?? preferred.map(known).find((language) => language !== undefined) ?? 'en';
}

/** 75 → "1 min 15 s": the two largest units. */
export function duration(texts: Texts['time'], milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, (n: number) => string][] = [
    [Math.floor(seconds / 86_400), texts.day],
    [Math.floor(seconds / 3600) % 24, texts.hour],
    [Math.floor(seconds / 60) % 60, texts.minute],
    [seconds % 60, texts.second],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return texts.second(0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, say]) => say(count))
    .join(' ');
}
