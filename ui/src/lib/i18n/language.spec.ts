import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';
import { choose, duration } from './language.svelte';

const words = (texts: object, path = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? words(value as object, `${path}${key}.`) : [path + key],
  );

describe('Texts', () => {
  it('are there in both languages, none more', () => {
    expect(words(de)).toEqual(words(en));
  });

  it('follow what was chosen, else the browser, else English', () => {
    expect(choose('de', ['en'])).toBe('de');
    expect(choose('', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(choose('xx', ['fr'])).toBe('en');
  });

  it('say how long in the two largest units', () => {
    expect(duration(en.time, 75_400)).toBe('1 min 15 s');
    expect(duration(en.time, 86_400_000)).toBe('1 d');
    expect(duration(en.time, -5)).toBe('0 s');
  });
});
