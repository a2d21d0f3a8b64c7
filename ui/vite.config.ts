import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// BEACON points the development server at a running Beacon.
const beacon = process.env['BEACON'] ?? 'http://localhost:8080';

// Writes down whose code is in the files, for the list of licences and the bill of materials. What is asked for but shaken out is not.
function bundledPackages(): Plugin {
  return {
    name: 'bundled-packages',
    generateBundle(_, bundle) {
      const packages = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const [id, module] of Object.entries(chunk.type === 'chunk' ? chunk.modules : {})) {
          const folder = /((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)/.exec(id)?.[1]?.slice(0, -1);
          // Helpers of the bundler itself have names that no file can have.
          const owner = folder ?? (id.startsWith('\0vite/') ? 'node_modules/vite' : undefined);
          if (owner && module.renderedLength > 0) packages.add(owner);
        }
      }
      this.emitFile({ type: 'asset', fileName: '.vite/packages.json', source: JSON.stringify([...packages].sort()) });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), bundledPackages()],
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
