import { expect, test } from 'vitest'
import { isAccepted, run } from './dependencies.mjs'
import { planted } from './test/planted.mjs'

const locked = (more = {}) => ({ version: '1.0.0', integrity: 'sha512-x', license: 'MIT', ...more })

async function failuresOf(packages, manifest = {}) {
  const files = {
    'package-lock.json': { packages: { 'node_modules/sound-one': locked(), ...packages } },
    'package.json': { name: 'planted', ...manifest },
  }
  return run(planted(files))
}

test('accepted licences, from the registry, pinned, pass; what only builds is not counted', async () => {
  const packages = {
    'node_modules/choice-of-two': locked({ license: '(GPL-3.0 OR Apache-2.0)' }),
    'node_modules/tool-of-ours': locked({ license: 'GPL-3.0', dev: true }),
    'node_modules/@ecluse/own': { link: true, resolved: 'packages/own' },
  }
  const dependencies = { a: '1.2.3', b: 'npm:c@7.0.2', d: '18.4.0-beta.17' }
  expect(await failuresOf(packages, { dependencies })).toEqual({ failures: [], counted: 2 })
})

test.each([
  ['a licence that asks for our sources', { license: 'GPL-3.0' }, 'has the licence "GPL-3.0"'],
  ['both licences at once, one of them refused', { license: 'MIT AND GPL-3.0' }, 'has the licence'],
  ['no licence', { license: undefined }, 'has the licence ""'],
  ['plain http', { resolved: 'http://registry.example/a.tgz' }, 'plain http'],
  ['a git address', { resolved: 'git+ssh://git@example.org/a.git' }, 'not from the registry'],
  ['no integrity', { integrity: undefined }, 'no integrity hash'],
])('%s is refused', async (_, fault, message) => {
  const { failures } = await failuresOf({ 'node_modules/planted-one': locked(fault) })
  expect(failures).toEqual([expect.stringContaining(message)])
})

test.each(['^1.2.3', '~1.2.3', '*', 'latest', '1.x', 'git+https://example.org/a.git'])(
  'the version %s is refused',
  async (version) => {
    const { failures } = await failuresOf({}, { devDependencies: { a: version } })
    expect(failures).toEqual([`package.json:1 a ${version}: write one exact version`])
  },
)

test('an empty lock file is a failure', async () => {
  const { failures } = await run(planted({ 'package.json': { name: 'planted' } }))
  expect(failures).toHaveLength(1)
})

test('expressions of licences', () => {
  expect(isAccepted('(MIT OR CC0-1.0)')).toBe(true)
  expect(isAccepted('MIT AND ISC')).toBe(true)
  expect(isAccepted('LGPL-3.0-or-later')).toBe(false)
})
