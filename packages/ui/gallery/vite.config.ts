import { defineConfig } from 'vite'

/** Shows every component and drawing: `npm run gallery -w @ecluse/ui`. */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  server: { host: '127.0.0.1', port: 4120 },
})
