import { expect, test } from 'vitest'
import { mendFrench, frenchFaults } from './lib/french.mjs'
import { planted } from './test/planted.mjs'
import { run } from './translations.mjs'

const app = (fr, en, code, more = {}) =>
  planted({ 'apps/pos/messages/fr.json': fr, 'apps/pos/messages/en.json': en, 'apps/pos/src/a.tsx': code, ...more })

const uses = (...keys) => `${keys.map((key) => `t('${key}')`).join('\n')}\n`

async function faultOf(fr, en) {
  const { failures } = await run(app({ 'a.b': fr }, { 'a.b': en }, uses('a.b')))
  return failures.join('\n')
}

test('whole catalogues pass, however a key is used', async () => {
  const keys = ['nav.orders', 'nav.stock', 'state.paid', 'state.held', 'page.title', 'page.help', 'ui.close']
  const texts = Object.fromEntries(keys.map((key) => [key, key]))
  const code = `
    t('nav.orders')
    const items = [{ label: 'nav.stock' }]
    const shown = t(\`state.\${state}\`)
    intl.formatMessage({ id: 'page.title' }, { n })
    const view = <FormattedMessage id="page.help" />
    t(open ? 'ui.close' : 'nav.stock')
    t('shared.word')`
  const ui = {
    'packages/ui/messages/fr.json': { 'shared.word': 'Mot' },
    'packages/ui/messages/en.json': { 'shared.word': 'Word' },
  }
  expect(await run(app(texts, texts, code, ui))).toEqual({ failures: [], counted: 8 })
})

test('a key without a text is found, with its place', async () => {
  const code =
    "t('a.b')\nt('a.gone')\nintl.formatMessage({ id: 'a.lost' })\nt(`x.${y}`)\nconst v = <FormattedMessage id=\"a.off\" />\n"
  const { failures } = await run(app({ 'a.b': 'Oui' }, { 'a.b': 'Yes' }, code))
  expect(failures).toEqual([
    expect.stringMatching(/^apps\/pos\/src\/a\.tsx:2 no message for 'a\.gone'/),
    expect.stringMatching(/^apps\/pos\/src\/a\.tsx:3 no message for 'a\.lost'/),
    expect.stringMatching(/^apps\/pos\/src\/a\.tsx:4 no message for `x\./),
    expect.stringMatching(/^apps\/pos\/src\/a\.tsx:5 no message for 'a\.off'/),
  ])
})

test('a key that stands twice in a file is found: the first of its texts is never read', async () => {
  const twice = '{\n  "a.b": "Oui",\n  "a.b": "Si"\n}\n'
  const { failures } = await run(app(twice, { 'a.b': 'Yes' }, uses('a.b')))
  expect(failures).toEqual(['apps/pos/messages/fr.json:3 a.b: stands twice in this file; only the last is read'])
})

test('a text in one language, and a text nobody uses, are found', async () => {
  const { failures } = await run(app({ 'a.b': 'Oui', 'a.c': 'Non' }, { 'a.b': 'Yes' }, uses('a.b', 'a.c')))
  expect(failures).toEqual(['apps/pos/messages/en.json:1 a.c: no text in this language'])
  const unused = await run(app({ 'a.b': 'Oui', 'a.c': 'Non' }, { 'a.b': 'Yes', 'a.c': 'No' }, uses('a.b')))
  expect(unused.failures).toEqual([expect.stringMatching(/^apps\/pos\/messages\/fr\.json:3 a\.c: no code uses/)])
})

test.each([
  ['not an ICU message', '{n, plural, one {a}', '{n}'],
  ['not an ICU message', '{n, plural, one {a}}', '{n}'],
  ['{name} is not the same', 'Bonjour {name}', 'Hello'],
  ['{<b>} is not the same', 'Bonjour <b>toi</b>', 'Hello you'],
  ['{s} is not the same', '{s, select, a {x} other {y}}', '{s, select, b {x} other {y}}'],
  ['the French text is the English one', 'This sentence was never translated', 'This sentence was never translated'],
  ['before ; ! ?', 'Vraiment ?', 'Really?'],
  ['before ; ! ?', '{n, plural, one {Un ?} other {Deux\u202F?}}', '{n, plural, one {One?} other {Two?}}'],
])('%s: found in %s', async (fault, fr, en) => {
  expect(await faultOf(fr, en)).toContain(fault)
})

test('words of error codes are the registry’s: one whose code is gone is unused', async () => {
  const registry = "export const errorCodes = { 'orders.empty': { status: 422 } } as const\n"
  const messages = { 'error.orders.empty': 'Vide', 'error.orders.gone': 'Parti' }
  const files = {
    'packages/contracts/src/errors.ts': registry,
    'server/messages/fr.json': messages,
    'server/messages/en.json': messages,
    'server/src/a.ts': 'text(locale, `error.${code}`)\n',
  }
  const { failures } = await run(planted(files))
  expect(failures).toEqual([expect.stringContaining('error.orders.gone: no code uses')])
})

const wellSet = [
  'Prêt\u202F?',
  'Total\u00A0: 12\u202F€',
  'Il dit «\u202Foui\u202F»\u202F!',
  'À 10:30, voyez https://exemple.fr/a?b=c',
  'L’article, 20\u202F%\u202F; fini…',
  '?',
]
const badlySet = [
  'Prêt ?',
  'Prêt?',
  'Prêt\u00A0?',
  'Total : 12',
  'Total:',
  '« oui »',
  '"oui"',
  "L'article",
  '12 €',
  '12€',
  '20 %',
  'a...',
]

test.each(wellSet)('well set: %s', (text) => expect(frenchFaults(text)).toEqual([]))
test.each(badlySet)('badly set: %s', (text) => expect(frenchFaults(text)).not.toEqual([]))
test.each(badlySet.filter((text) => !text.includes('"')))('mended: %s', (text) =>
  expect(frenchFaults(mendFrench(text))).toEqual([]),
)
test.each(wellSet)('left as it is: %s', (text) => expect(mendFrench(text)).toBe(text))
