import { join } from 'node:path'
import { root } from './text.mjs'

const sources = join(root, 'server/src')

/** A thread is started from a file of its own: the bundle's name of each, and its source. */
export const threads = {
  'link-worker': join(sources, 'modules/customers/workers/link-worker.ts'),
  'value-worker': join(sources, 'modules/customers/workers/value-worker.ts'),
  'analysis-worker': join(sources, 'modules/strategy/workers/analysis-worker.ts'),
  'answer-worker': join(sources, 'modules/strategy/workers/answer-worker.ts'),
  'draw-worker': join(sources, 'modules/strategy/workers/draw-worker.ts'),
  'run-worker': join(sources, 'modules/strategy/workers/run-worker.ts'),
}

/**
 * How the server, or a program that contains it, becomes a bundle that loads its packages from `node_modules`: Vite's settings.
 * `input` names the entries, `folder` the place of the bundle below `dist/`.
 */
export const serverBuild = ({ input, folder, logLevel = 'warn' }) => ({
  root: join(root, 'server'),
  configFile: false,
  mode: 'production',
  logLevel,
  publicDir: false,
  // The shop's pages are Preact; nothing else in the server is JSX.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ssr: { target: 'node', noExternal: [/^@ecluse\//] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: join(root, 'dist', folder),
    emptyOutDir: true,
    minify: false,
    copyPublicDir: false,
    rollupOptions: {
      input,
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
})
