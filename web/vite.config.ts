// Builds the page into dist/, which the program embeds. `npm run dev` passes API calls on to a running
// `readout serve` (READOUT_URL, by default http://127.0.0.1:8080).
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** What compresses well stays in the program compressed; the server sends it as it is. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const folder = join('dist', 'assets');
      for (const name of readdirSync(folder)) {
        if (!/\.(js|css|json)$/.test(name)) continue;
        const file = join(folder, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        rmSync(file);
      }
    },
  };
}

const server = process.env['READOUT_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  plugins: process.env['READOUT_PLAIN'] ? [] : [compressed()],
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
