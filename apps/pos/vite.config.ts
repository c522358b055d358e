import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The till is served by the server under `/pos`; each page is its own chunk, loaded when it is opened. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/pos/',
  plugins: [react()],
  build: {
    outDir: '../../dist/pos',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
  },
})
