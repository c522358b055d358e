import { existsSync, readdirSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { goOnOneCore, linesOf, memoryOf, runNode } from './lib/child.mjs'
import { sourceFiles } from './lib/source-files.mjs'

export const name = 'types'

const isTyped = (path) => /\.(ts|tsx|mts)$/.test(path)

function projects(root) {
  const apps = existsSync(join(root, 'apps')) ? readdirSync(join(root, 'apps')).map((app) => `apps/${app}`) : []
  return ['.', ...apps.sort(), 'packages/ui']
    .map((folder) => join(folder, 'tsconfig.json'))
    .filter((path) => existsSync(join(root, path)))
}

/** What the compiler printed: its errors, and the project's own files it looked at. */
function readOutput(root, stdout) {
  const seen = new Set()
  const errors = []
  for (const line of linesOf(stdout)) {
    const path = isAbsolute(line) ? relative(root, line).split(sep).join('/') : undefined
    if (path !== undefined && !path.startsWith('..')) {
      if (!path.includes('node_modules/')) seen.add(path)
    } else if (!isAbsolute(line)) {
      errors.push(line)
    }
  }
  return { seen, errors }
}

/** `src/a.ts(3,5): error TS…` as `src/a.ts:3 error TS…`; following indented lines belong to it. */
function asFailures(errors) {
  const failures = []
  for (const line of errors) {
    const place = /^(.+)\((\d+),\d+\): (.*)$/.exec(line)
    if (place) failures.push(`${place[1]}:${place[2]} ${place[3]}`)
    else if (/^\s/.test(line) && failures.length > 0) failures[failures.length - 1] += `\n    ${line.trim()}`
    else failures.push(line)
  }
  return failures
}

/** Whether a project's folder holds something no compiler has looked at yet: types shared by all are judged anew by each project. */
function hasNews(root, project, covered) {
  const folder = dirname(project)
  return (
    folder === '.' ||
    sourceFiles(root).some((path) => path.startsWith(`${folder}/`) && isTyped(path) && !covered.has(path))
  )
}

/**
 * The native TypeScript 7 over every project that has anything the ones before it have not; a TypeScript file that no project
 * covers is a failure too.
 */
export async function run(root) {
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc')
  const covered = new Set()
  const failures = []
  for (const project of projects(root)) {
    if (!hasNews(root, project, covered)) continue
    const memory = memoryOf(root, `${project.replaceAll('/', '-')}.tsbuildinfo`)
    const remembering = memory ? ['--incremental', '--tsBuildInfoFile', memory] : []
    const args = [
      compiler,
      '-p',
      project,
      '--noEmit',
      '--singleThreaded',
      '--pretty',
      'false',
      '--listFiles',
      ...remembering,
    ]
    const result = await runNode(args, { cwd: root, env: goOnOneCore })
    const { seen, errors } = readOutput(root, result.stdout)
    for (const path of seen) covered.add(path)
    for (const failure of asFailures(errors)) if (!failures.includes(failure)) failures.push(failure)
    if (result.status !== 0 && errors.length === 0) failures.push(`${project}:1 ${result.stderr.trim()}`)
  }
  for (const path of sourceFiles(root)) {
    // A tool's configuration beside the root package.json is loaded by the tool, which tells its own errors.
    if (isTyped(path) && !/^[^/]+\.config\.ts$/.test(path) && !covered.has(path)) {
      failures.push(`${path}:1 no tsconfig covers this file: add it to the "include" of the nearest one`)
    }
  }
  if (covered.size === 0) failures.push('tsconfig.json:1 the compiler looked at no file at all')
  return { failures, counted: covered.size }
}
