import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { choiceEvaluation } from './choice.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'

const folder = dataFolder('choice')
const present = existsSync(folder)

interface Published {
  coef: Record<string, number>
  se: Record<string, number>
  ll: number
  mcfadden_r2: number
  shares: Record<string, number>
  train_time_minus_20pct_shares: Record<string, number>
  consumer_surplus_change: Record<string, number>
  elasticity_at_sample_mean_cost_rows_car_train_air: number[][]
}

const canada = {
  only: 'car,train,air',
  reference: 'car',
  define: 'time=ivt+ovt',
  generic: 'cost,freq',
  chooser: 'income',
  'per-alternative': 'time',
}

test.skipIf(!present)(present ? 'ModeCanada as published' : 'skipped: no data', async () => {
  const published = JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as Published
  const options = { ...canada, change: 'time@train:-20%' }
  const { results, n } = await askEvaluation(choiceEvaluation, [join(folder, 'modecanada.csv.gz')], options)
  expect(n).toBe(2_769)
  for (const [name, value] of Object.entries(published.coef)) {
    expect(Math.abs(results[`coefficient.${name}`]! / value - 1)).toBeLessThan(1e-6)
  }
  for (const [name, value] of Object.entries(published.se))
    expect(results[`standard_error.${name}`]).toBeCloseTo(value, 7)
  expect(results['log_likelihood']).toBeCloseTo(published.ll, 3)
  expect(results['mcfadden_r2']).toBeCloseTo(published.mcfadden_r2, 5)
  for (const [name, value] of Object.entries(published.shares)) expect(results[`share.${name}`]).toBeCloseTo(value, 7)
  for (const [name, value] of Object.entries(published.train_time_minus_20pct_shares)) {
    expect(results[`share_after.${name}`]).toBeCloseTo(value, 7)
  }
  for (const [name, value] of Object.entries(published.consumer_surplus_change)) {
    expect(results[`surplus_change.${name}`]).toBeCloseTo(value, 4)
  }
  const modes = ['car', 'train', 'air']
  published.elasticity_at_sample_mean_cost_rows_car_train_air.forEach((row, from) =>
    row.forEach((value, to) => expect(results[`elasticity.cost.${modes[from]}.${modes[to]}`]).toBeCloseTo(value, 6)),
  )
})

test.skipIf(!present)(present ? 'nests on ModeCanada, as another program finds them' : 'skipped: no data', async () => {
  const options = { ...canada, nests: 'ground:car,train;air:air' }
  const { results } = await askEvaluation(choiceEvaluation, [join(folder, 'modecanada.csv.gz')], options)
  expect(results['log_likelihood']).toBeGreaterThanOrEqual(results['log_likelihood_of_logit']!)
  expect(results['coefficient.lambda_ground']).toBeGreaterThan(0)
})

const lines = Array.from({ length: 40 }, (_, c) => {
  const [price, other] = [1 + ((c * 7) % 5), 2 + ((c * 3) % 4)]
  const web = (c * 11) % 10 < 5 + 1.5 * (other - price)
  return [
    { case: c, alternative: 'web', chosen: web ? 'yes' : 'no', price, extra: price / 2 },
    { case: c, alternative: 'shop', chosen: web ? 'no' : 'yes', price: other, extra: other / 2 },
  ]
}).flat()

test('the same figures from CSV, JSON and gzip', async () => {
  const place = mkdtempSync(join(tmpdir(), 'ecluse-choice-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const csv = [
    'case;alternative;chosen;price',
    ...lines.map((one) => `${one.case};${one.alternative};${one.chosen};${one.price}`),
  ]
  const files = {
    'a.csv': csv.join('\r\n'),
    'b.json': JSON.stringify(lines),
    'c.jsonl': lines.map((one) => JSON.stringify(one)).join('\n'),
    'd.json.gz': gzipSync(JSON.stringify({ rows: lines })),
  }
  const ask = async (name: string, content: string | Buffer, options = {}) => {
    writeFileSync(join(place, name), content)
    return askEvaluation(choiceEvaluation, [join(place, name)], { generic: 'price', ...options })
  }
  const answers = await Promise.all(Object.entries(files).map(([name, content]) => ask(name, content)))
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]!.results['coefficient.price']).toBeLessThan(0)
  const refused = async (options: Record<string, string>) => ask('a.json', JSON.stringify(lines), options)
  await expect(refused({ generic: 'price,extra' })).rejects.toThrow('collinear')
  await expect(refused({ generic: 'colour' })).rejects.toThrow('colour')
  await expect(refused({ define: 'a=price+' })).rejects.toThrow('define')
  await expect(refused({ define: 'a=log(price-1)', generic: 'a' })).rejects.toThrow('not_a_number')
  const defined = await ask('a.json', JSON.stringify(lines), { define: 'a=-(price*2+extra)/5', generic: 'a' })
  expect(defined.results['coefficient.a']).toBeCloseTo(-2 * answers[0]!.results['coefficient.price']!, 6)
})
