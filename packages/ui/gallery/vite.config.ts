import { defineConfig } from 'vite'
import { drawFromSpec } from '../src/drawing/spec.ts'

/** Shows every component and drawing: `npm run gallery -w @ecluse/ui`. Drawings are served as the server does. */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  server: { host: '127.0.0.1', port: 4120 },
  plugins: [
    {
      name: 'drawings',
      configureServer(server) {
        server.middlewares.use('/drawings', (request, response, next) => {
          const svg = drawFromSpec((request.url ?? '').replace(/^\/|\.svg$/g, ''))
          if (svg === null) return next()
          response.setHeader('content-type', 'image/svg+xml').end(svg)
        })
      },
    },
  ],
})
