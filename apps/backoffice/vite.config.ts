import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The back office is served by the server under `/admin`; each page is its own chunk, loaded when it is opened. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/admin/',
  plugins: [react()],
  build: {
    outDir: '../../dist/backoffice',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // The contract's schemas and both languages are in the first chunk: 600 kB, 170 compressed, fetched once.
    chunkSizeWarningLimit: 700,
  },
})
