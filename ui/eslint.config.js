import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const inOnePlace = (name, message, files) => ({
  files: ['src/**/*.ts', 'src/**/*.svelte'],
  ignores: files,
  rules: { 'no-restricted-globals': ['error', { name, message }] },
});

export default typescript.config(
  { ignores: ['dist', 'screenshots', 'src/lib/api/openapi.d.ts'] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      // Addresses are made by the router's href(), which knows the root the page was served from.
      'svelte/no-navigation-without-resolve': 'off',
      // Collections are plain on purpose: what is drawn depends on one number per batch, not on a proxy for each of ten thousand entries.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/require-each-key': 'error',
      'svelte/no-at-html-tags': 'error',
      eqeqeq: 'error',
    },
  },
  inOnePlace('fetch', 'Only lib/api/client.ts speaks HTTP.', ['src/lib/api/client.ts']),
  inOnePlace('WebSocket', 'Only lib/live/live.svelte.ts opens the socket.', [
    'src/lib/live/live.svelte.ts',
    'src/**/*.spec.ts',
  ]),
);
