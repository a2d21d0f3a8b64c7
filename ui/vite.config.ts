import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// BEACON points the development server at a running Beacon.
const beacon = process.env['BEACON'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [svelte()],
  // Relative: the page may live below any path that a proxy puts in front.
  base: './',
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 200,
  },
  server: {
    proxy: Object.fromEntries(['/api', '/metrics', '/ws'].map((path) => [path, { target: beacon, ws: true }])),
  },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: { include: ['src/**/*.spec.ts'], environment: 'node' },
});
