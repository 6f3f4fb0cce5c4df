// Builds the page into dist/, which the program embeds. `npm run dev` passes API calls on to a running
// `readout serve` (READOUT_URL, by default http://127.0.0.1:8080).
import { defineConfig } from 'vite';

const server = process.env['READOUT_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // everything is a file of its own: the content policy allows no data: scripts or fonts
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server, '/plain': server } },
  preview: { proxy: { '/api': server, '/plain': server } },
});
