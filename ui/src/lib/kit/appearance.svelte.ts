import type { App } from '../app.svelte';

/** Carries the preferences out: to the document, which is outside of what is drawn. */
export function followPreferences(app: App): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let system = $state(dark.matches);
  dark.addEventListener('change', () => (system = dark.matches));

  $effect.pre(() => {
    const { theme, density } = app.preferences;
    const root = document.documentElement;
    root.dataset['theme'] = theme === 'system' ? (system ? 'dark' : 'light') : theme;
    root.dataset['density'] = density;
  });
  $effect(() => {
    void app.texting.use(app.preferences.language, navigator.languages);
  });
  $effect(() => {
    document.documentElement.lang = app.texting.language;
  });
}
