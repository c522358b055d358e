/**
 * The rules of the dependency graph, generated from `architecture.mjs`.
 * Paths are regular expressions over paths from the root.
 */

const tests = '\\.test\\.(ts|tsx|mjs)$|/test/|^e2e/|^bench/'
const moduleRoot = '^server/src/modules/'
const typeOnly = ['type-only', 'type-import']

/** Where each layer lives unless `layers.<name>.path` says otherwise. Wiring is also the entry files beside it. */
const usualPaths = {
  kernel: '^server/src/kernel/',
  modules: moduleRoot,
  demo: '^server/src/demo/',
  wiring: '^server/src/(wiring/|cli/|[^/]+\\.ts$)',
  simulation: '^server/simulation/',
  engine: '^packages/strategy-engine/',
  contracts: '^packages/contracts/',
  ui: '^packages/ui/',
  storefront: '^apps/storefront/',
}

/** Kernel files that hold values and types only: what the pure `domain/` folders may use. */
const pureKernel = ['csv', 'money', 'ids', 'clock', 'time', 'rng', 'errors', 'assert', 'text', 'cursor']

/** Packages that compute and touch nothing: what `domain/` may use from outside, with hashes of `node:crypto`. */
const purePackages = [
  'zod',
  'big\\.js',
  '@types/big\\.js',
  'temporal-polyfill',
  'uuidv7',
  'libphonenumber-js',
  'sanitize-html',
  '@socialgouv/jours-feries',
]

/** What of a module the composing layers may take, beside its `public.ts` and `events.ts`: swap points too. */
const wiringEntries =
  '(public|events|errors|schedule|[a-z-]*/?[a-z-]*routes|[a-z-]*jobs|[a-z-]*read-model)\\.ts$|(subscribers|routes|jobs|providers)/'

const layerPath = (layers, layer) => layers[layer]?.path ?? usualPaths[layer]

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

function moduleRules(modules) {
  return Object.entries(modules).flatMap(([module, mayCall]) => {
    const own = `${moduleRoot}${module}/`
    const reachable = [module, ...mayCall].join('|')
    return [
      rule(
        `undeclared-edge-from-${module}`,
        `${module} may call ${mayCall.join(', ') || 'no module'}: publish an event, pass the value in, or declare the edge in architecture.mjs`,
        { path: own, pathNot: tests },
        { path: moduleRoot, pathNot: `${moduleRoot}((${reachable})/|[^/]+/events\\.ts$)` },
      ),
      rule(
        `entry-of-${module}`,
        `other modules enter ${module} through its public.ts only`,
        { path: `${moduleRoot}|${usualPaths.demo}|${usualPaths.simulation}`, pathNot: own },
        { path: own, pathNot: `${own}(public|events)\\.ts$` },
      ),
      rule(
        `wiring-entry-of-${module}`,
        `the wiring takes only the public face, routes, subscribers and jobs of ${module}`,
        { path: usualPaths.wiring, pathNot: tests },
        { path: own, pathNot: `${own}(${wiringEntries})` },
      ),
      rule(
        `domain-of-${module}-is-pure`,
        'domain/ computes: it takes values in and gives values back; move what reads or calls into the use case',
        { path: `${own}domain/`, pathNot: tests },
        {
          pathNot: `${own}domain/|^packages/(contracts|strategy-engine)/|^server/src/kernel/(${pureKernel.join('|')})\\.ts$|node_modules/(${purePackages.join('|')})/|^(node:)?crypto$`,
          dependencyTypesNot: typeOnly,
        },
      ),
      rule(
        `domain-of-${module}-types`,
        'domain/ may name types of its own module, of the kernel, and what declared modules publish',
        { path: `${own}domain/`, pathNot: tests },
        { path: moduleRoot, pathNot: `${own}|${moduleRoot}(${reachable})/public\\.ts$|/events\\.ts$` },
      ),
    ]
  })
}

function layerRules(layers) {
  const insideServer = ['kernel', 'modules', 'demo', 'wiring', 'simulation', 'storefront', 'ui', 'engine']
  return Object.entries(layers).map(([layer, { mayImport }]) => {
    const refused = insideServer.filter((other) => other !== layer && !mayImport.includes(other))
    return rule(
      `layer-${layer}`,
      `${layer} may import ${mayImport.join(', ')} and packages`,
      { path: layerPath(layers, layer), pathNot: tests },
      {
        path: [...refused.map((other) => layerPath(layers, other)), '^apps/(?!storefront/)'].join('|'),
      },
    )
  })
}

const fixedRules = [
  rule('no-cycles', 'break the cycle: move what both need to a third file, or pass it in', {}, { circular: true }),
  rule(
    'events-are-types',
    'events.ts is imported with `import type` outside its module: an event is data, not a call',
    { path: `${moduleRoot}([^/]+)/`, pathNot: tests },
    { path: `${moduleRoot}[^/]+/events\\.ts$`, pathNot: `${moduleRoot}$1/`, dependencyTypesNot: typeOnly },
  ),
  rule(
    'browsers-cannot-reach-the-server',
    'apps and packages talk to the server over HTTP, through packages/contracts',
    { path: '^(apps|packages)/' },
    { path: '^server/' },
  ),
  rule(
    'contracts-stand-alone',
    'contracts run anywhere: they import zod and nothing else',
    { path: '^packages/contracts/', pathNot: tests },
    { pathNot: '^packages/contracts/|node_modules/zod/' },
  ),
  rule(
    'engine-stands-alone',
    'the strategy engine computes: no package, no file, no network; values come in, values go out',
    { path: usualPaths.engine, pathNot: tests },
    { pathNot: usualPaths.engine },
  ),
  rule('ui-knows-no-app', 'packages/ui serves the apps', { path: '^packages/ui/' }, { path: '^apps/' }),
  rule(
    'apps-are-apart',
    'what two apps share belongs in packages/ui',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  rule(
    'browsers-have-no-node',
    'this file runs in a browser: no Node module',
    { path: '^(apps/(backoffice|pos)/src|apps/storefront/src/(islands|client)|packages/[^/]+/src)/', pathNot: tests },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'product-code-without-tests',
    'tests and their kit stay out of what runs',
    { path: '^(server/src|apps|packages)/', pathNot: `${tests}|vitest` },
    { path: `${tests}|node_modules/(vitest|fast-check)/` },
  ),
  rule(
    'resolvable',
    'this import leads nowhere: mend the path, or declare the package',
    { pathNot: '^(tools|bench)/' },
    { couldNotResolve: true, pathNot: '\\?|^virtual:' },
  ),
]

/** All forbidden edges, for dependency-cruiser. */
export function graphRules({ modules, layers }) {
  return [...fixedRules, ...moduleRules(modules), ...layerRules(layers)]
}

/** What is wrong with the declaration itself: unknown names, cycles, folders nobody declared. */
export function declarationFailures({ modules, layers }, foundModules, foundServerFiles) {
  const failures = []
  for (const [module, mayCall] of Object.entries(modules)) {
    for (const other of mayCall)
      if (!(other in modules)) failures.push(`${module} may call ${other}, which is no module`)
  }
  const state = new Map()
  const visit = (module, trail) => {
    if (state.get(module) === 'done') return
    if (trail.includes(module)) return void failures.push(`cycle: ${[...trail, module].join(' → ')}`)
    for (const other of modules[module] ?? []) visit(other, [...trail, module])
    state.set(module, 'done')
  }
  for (const module of Object.keys(modules)) visit(module, [])
  for (const module of foundModules)
    if (!(module in modules)) failures.push(`the folder of module ${module} is not declared`)
  const paths = Object.keys(layers).map((layer) => new RegExp(layerPath(layers, layer)))
  const stray = foundServerFiles.filter((file) => !paths.some((path) => path.test(file)))
  for (const file of stray) failures.push(`${file} belongs to no declared layer`)
  return failures
}
