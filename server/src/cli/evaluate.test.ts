import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommandLine } from './main.ts'

interface Answer {
  ok: boolean
  evaluation?: string
  results?: Record<string, number>
  n?: number
  error?: { code: string; message: string }
}

/** Runs `ecluse evaluate`, as a person types it; `answer` is the last line as JSON. */
async function evaluate(...args: string[]) {
  const [out, errors]: [string[], string[]] = [[], []]
  const to = { out: (line: string) => void out.push(line), error: (line: string) => void errors.push(line) }
  const status = await runCommandLine(['evaluate', ...args], to)
  const last = out.at(-1) ?? ''
  return { status, out, errors, answer: (last.startsWith('{') ? JSON.parse(last) : { ok: false }) as Answer }
}

function fileOf(text: string): string {
  const place = mkdtempSync(join(tmpdir(), 'ecluse-evaluate-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  writeFileSync(join(place, 'rows.csv'), text)
  return join(place, 'rows.csv')
}

const rows = Array.from(
  { length: 30 },
  (_, at) => `s${at % 3},${(100 * (1 + (at % 7))) / (1 + (at % 5))},${1 + (at % 5)}`,
)
const sales = `seller,volume,price\n${rows.join('\n')}\n`

test('figures are the last line of the output', async () => {
  const { status, answer } = await evaluate('price-response', fileOf(sales), '--json')
  expect([status, answer.ok, answer.evaluation, answer.n]).toEqual([0, true, 'price-response', 30])
  expect(answer.results?.['pooled.log_price']).toBeLessThan(0)
  expect(answer.results?.['fixed_effects.standard_error.log_price']).toBeGreaterThan(0)
})

test('without --json figures are lines for a person', async () => {
  const { out } = await evaluate('price-response', fileOf(sales))
  expect(out.some((line) => line.startsWith('pooled.log_price -'))).toBe(true)
})

test('data without an answer are told in a sentence', async () => {
  const flat = sales.replace(/,\d+$/gm, ',4')
  const { status, answer, errors } = await evaluate('price-response', fileOf(flat), '--json')
  expect([status, answer.ok, answer.error?.code]).toEqual([1, false, 'engine.constant'])
  expect(errors.join(' ')).toContain('log_price')
  const empty = await evaluate('price-response', fileOf('volume,price\n'), '--json')
  expect(empty.answer.error?.code).toBe('engine.empty')
})

test('what is asked wrongly is told, with status 2', async () => {
  const file = fileOf(sales)
  const told = async (...args: string[]) => {
    const { status, answer } = await evaluate(...args, '--json')
    return [status, answer.error?.code]
  }
  expect(await told('pigeons')).toEqual([2, 'cli.evaluate.unknown'])
  expect(await told('price-response')).toEqual([2, 'cli.evaluate.one_file'])
  expect(await told('price-response', file, '--price', 'cost')).toEqual([2, 'cli.evaluate.no_column'])
  expect(await told('price-response', file, '--seed', '1')).toEqual([2, 'cli.bad_option'])
  expect(await told('price-response', `${file}.gz`)).toEqual([2, 'cli.import.no_file'])
})

test('help: the list of evaluations, and the options of one', async () => {
  expect((await evaluate('--help')).out.join('\n')).toMatch(/\n {2}choice .*\n {2}customer-base /)
  expect((await evaluate('choice', '--help')).out.join('\n')).toContain('--per-alternative COLUMNS')
})

test('channels are scored, and the best mix is found with the price of each constraint', async () => {
  const file = fileOf('channel,reach,cost,margin,young\nshops,10,100,50,0.2\nsite,40,50,40,0.7\nmarket,60,20,25,0.6\n')
  const asked = ['--weights', 'reach=3;cost=1', '--less', 'cost', '--value', 'margin']
  const limits = ['--budget', '130', '--reach', 'young=0.8', '--overlap', 'site:market=10', '--json']
  const { answer } = await evaluate('grid', file, ...asked, ...limits)
  expect(answer.results).toMatchObject({ 'weight.reach': 0.75, 'score.market': 1, 'rank.shops': 3, 'first.market': 1 })
  // Shops and the marketplace bring most, but reach 0.68 of the young.
  expect(answer.results).toMatchObject({
    'mix.runs.site': 1,
    'mix.runs.market': 1,
    'mix.value': 55,
    'mix.price.reach.young': 20,
  })
  expect(answer.results?.['mix.reach.young']).toBeCloseTo(0.88, 12)
  const refused = await evaluate('grid', file, ...asked, '--required', 'shops', '--budget', '50', '--json')
  expect(refused.status).toBe(1)
  expect(refused.answer.error).toMatchObject({ code: 'engine.impossible' })
})

test('a direct channel is judged against the conflict with partners', async () => {
  const file = fileOf(
    'name,model,sales,growth,partner_share,partner_margin,direct_margin,fixed_cost\ngrowing,direct,1000,0.2,0.5,0.3,0.45,10\nheld,direct,1000,0.04,0.9,0.3,0.45,10\n',
  )
  const { answer } = await evaluate('circuits', file, '--json')
  expect(answer.results).toMatchObject({ 'growing.open': 1, 'growing.conflict': 0, 'held.open': 0, 'held.conflict': 1 })
  expect(answer.results?.['held.reason.partners_answer_costs_more']).toBe(1)
})

test('an objective has a chance, a pace and a cone; without a target it is asked for one', async () => {
  const file = fileOf(`value\n${Array.from({ length: 24 }, (_, at) => 100 + (at % 3)).join('\n')}\n`)
  const asked = ['--target', '600', '--elapsed', '2', '--left', '4']
  const { answer } = await evaluate('objective', file, ...asked, '--json')
  expect(answer.results).toMatchObject({ pace_needed: (600 - 203) / 4, pace_present: 101.5 })
  expect(answer.results?.['probability']).toBeGreaterThan(0.9)
  expect(answer.results?.['cone.4.5']).toBeLessThan(answer.results?.['cone.4.95'] ?? 0)
  expect((await evaluate('objective', file, '--json')).status).toBe(2)
})
