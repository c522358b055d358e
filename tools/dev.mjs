import { join } from 'node:path'
import { runNode } from './lib/child.mjs'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { root, runTool, text } from './lib/text.mjs'

const apps = ['storefront', 'backoffice', 'pos']

/** Builds an application, and again at each change of its sources. Resolves once the first build is there, or has failed. */
async function keepBuilt(name) {
  const { build } = await import('vite')
  const watcher = await build({
    root: join(root, 'apps', name),
    configFile: join(root, 'apps', name, 'vite.config.ts'),
    logLevel: 'warn',
    build: { watch: {}, chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
  })
  return new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'END') console.log(text('progress.built', { name }))
      if (event.code === 'ERROR') console.error(`${text('progress.build_failed', { name })}\n${event.error.message}`)
      if (event.code === 'BUNDLE_END') void event.result.close()
      if (event.code === 'END' || event.code === 'ERROR') resolve()
    })
  })
}

/**
 * `npm run dev`: the server from its sources, started again at each change, and the three applications built again at each
 * change of theirs; reloading the page shows it. What is served is what `npm start` serves, with the same headers.
 */
await runTool(async () => {
  requireNode()
  await ensureInstalled()
  await Promise.all(apps.map(keepBuilt))
  const args = [
    join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
    'watch',
    '--clear-screen=false',
    // The server reads the names of the shop's files once.
    '--include=dist/storefront/manifest.json',
    '--tsconfig=apps/storefront/tsconfig.json',
    'server/src/main.ts',
  ]
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'development' }
  process.exit(await runNode(args, { cwd: root, env }))
})
