import { defineConfig } from 'vitest/config';

// `npm run dev` shows the page with a daemon that runs elsewhere on this machine.
const daemon = process.env.DOODLED_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2021',
    emptyOutDir: true,
    sourcemap: false,
    // The page's security policy allows no inline scripts and no data: URLs outside images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': { target: daemon, ws: true } } },
  test: { environment: 'node', include: ['test/**/*.test.ts'] },
});
