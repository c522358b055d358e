import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/**
 * The islands and the style sheet of the shop. Every file has its content's hash in its name, so it may be kept for ever by
 * whoever fetched it; the server finds the names in the manifest.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/shop-assets/',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('../../dist/storefront', import.meta.url)),
    emptyOutDir: true,
    assetsDir: '.',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      input: {
        main: fileURLToPath(new URL('src/islands/main.ts', import.meta.url)),
        'push-worker': fileURLToPath(new URL('src/push-worker.ts', import.meta.url)),
      },
      // Browsers look for a new version of what shows notifications at the address they know.
      output: { entryFileNames: ({ name }) => (name === 'push-worker' ? '[name].js' : '[name]-[hash].js') },
    },
  },
})
