import { cruise } from 'dependency-cruiser'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { judge } from './lib/exceptions.mjs'
import { declarationFailures, graphRules } from './lib/graph-rules.mjs'
import { isCode, isTest, sourceFiles } from './lib/source-files.mjs'

export const name = 'graph'

/** The declared architecture of the tree under `root`. */
export const readArchitecture = (root) => import(pathToFileURL(join(root, 'architecture.mjs')).href)

const resolveOptions = {
  exportsFields: ['exports'],
  conditionNames: ['import', 'node', 'default'],
  extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
}

function cruiseOptions(root, architecture) {
  return {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: graphRules(architecture) },
    parser: 'tsc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data|coverage)/' },
  }
}

function message(violation, rules) {
  const rule = rules.find((one) => one.name === violation.rule.name)
  const trail = violation.cycle?.map((step) => step.name ?? step).join(' → ')
  return `${trail ? `${violation.from} → ${trail}` : `imports ${violation.to}`}; ${rule?.comment ?? ''}`
}

/** The import graph, held to `architecture.mjs`. */
export async function run(root) {
  const architecture = await readArchitecture(root)
  const files = sourceFiles(root).filter((path) => /^(server|apps|packages|e2e|bench)\//.test(path))
  const found = new Set(files.map((path) => /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1]).filter(Boolean))
  const product = files.filter((path) => path.startsWith('server/src/') && isCode(path) && !isTest(path))
  const failures = declarationFailures(architecture, found, product).map((text) => `architecture.mjs:1 ${text}`)

  const folders = ['server', 'apps', 'packages', 'e2e', 'bench'].filter((folder) => existsSync(join(root, folder)))
  const expected = files.filter(isCode).length
  const options = cruiseOptions(root, architecture)
  const { output } = await cruise(folders, options, resolveOptions)
  const own = output.modules.filter((module) => /^(server|apps|packages|e2e|bench)\//.test(module.source))
  // A parser that fails to load reports a clean graph of nothing: an empty or half-read tree is a failure.
  if (own.length < expected * 0.95 || own.length === 0) {
    failures.push(`architecture.mjs:1 only ${own.length} of ${expected} files were read`)
  }
  const edges = own.reduce((sum, module) => sum + module.dependencies.length, 0)
  if (expected > 1 && edges === 0) failures.push('architecture.mjs:1 not one import was seen: the parser is broken')
  const violations = output.summary.violations.map((violation) => ({
    rule: violation.rule.name,
    file: violation.from,
    message: message(violation, options.ruleSet.forbidden),
  }))
  return { failures: [...failures, ...judge(root, name, violations)], counted: own.length }
}
