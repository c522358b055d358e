import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { attributionEvaluation } from './attribution.ts'
import { circuitsEvaluation } from './circuits.ts'
import { experimentsEvaluation } from './experiments.ts'
import { financeEvaluation } from './finance.ts'
import { forecastEvaluation } from './forecast.ts'
import { recommendationEvaluation } from './recommendation.ts'
import { sharingEvaluation } from './sharing.ts'
import { stockEvaluation } from './stock.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'
import { yieldEvaluation } from './yield.ts'

const present = existsSync(dataFolder('finance'))
const published = (path: string) => JSON.parse(readFileSync(dataFolder(path), 'utf8')) as Record<string, unknown>

function fileOf(content: string, name = 'data.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-evaluate-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(content) : content)
  return path
}

test.skipIf(!present)(present ? 'files of published cases are read as they are' : 'skipped: no data', async () => {
  const money = await askEvaluation(financeEvaluation, [dataFolder('finance/published.json')], { set: 'rate=0.09' })
  expect(money.results).toMatchObject({ 'irr_exists.irr.1': 1, 'irr_exists.irr.2': 0 })
  expect(money.results['irr.irr.1']).toBeCloseTo(0.05243288885941406, 12)
  expect(money.results['npv.npv_from_t0']).toBeCloseTo(122.89485495094269, 9)
  expect(money.results['npv_excel.excel_npv_first_flow_at_t1']).toBeCloseTo(1188.4434123352207, 9)
  expect(money.results['xirr.xirr']).toBeCloseTo(0.373362535, 8)
  expect(money.results['xnpv.xirr']).toBeCloseTo(2086.647602, 6)

  const stock = await askEvaluation(stockEvaluation, [dataFolder('inventory/published.json')])
  expect(stock.results['sS_poisson_exact.cost']).toBeCloseTo(8.034111561471644, 9)
  expect(stock.results['eoq.Q']).toBeCloseTo(304.0467800264368, 9)
  expect(stock.results['newsvendor_normal.S']).toBeCloseTo(56.60395592743389, 9)
  expect(stock.results).toMatchObject({ 'wagner_whitin.order.1': 210, 'wagner_whitin.order.3': 150 })
  expect(stock.results['rQ.r']).toBeCloseTo(126.8670642878315, 4)

  const tiny = await askEvaluation(attributionEvaluation, [dataFolder('attribution/published_tiny.json')])
  const effects = published('attribution/published_tiny.json')['removal_effect'] as Record<string, number>
  for (const [channel, effect] of Object.entries(effects)) {
    expect(tiny.results[`removal_effect.${channel}`]).toBeCloseTo(effect, 9)
  }
  expect(tiny.results['shapley.c1']).toBeCloseTo(1 / 3, 9)
  const held = await askEvaluation(sharingEvaluation, [dataFolder('attribution/published_tiny.json')])
  expect(held.results['share.c']).toBeCloseTo(2 / 3, 9)
  const gloves = await askEvaluation(sharingEvaluation, [fileOf('{"left": ["a", "b"], "right": ["c"], "value": {}}')])
  expect(gloves.results['share.c']).toBeCloseTo(2 / 3, 9)
})

test.skipIf(!present)(
  present ? 'forecasts of the competition, recommendations by popularity' : 'skipped: no data',
  async () => {
    const { results, n } = await askEvaluation(forecastEvaluation, [dataFolder('forecast/m1.json.gz')], {
      methods: 'seasonal_naive,theta',
    })
    expect(n).toBe(1001)
    expect(results['smape.theta']).toBeLessThanOrEqual(17.15)
    expect(results['smape.seasonal_naive.YEARLY']).toBeCloseTo(22.43134, 4)
    const files = ['train', 'test'].map((part) => dataFolder(`recsys/online_retail_${part}.csv.gz`))
    const quality = await askEvaluation(recommendationEvaluation, files, { methods: 'popularity' })
    expect(quality.results['ndcg.popularity']).toBeCloseTo(0.04495, 4)
  },
)

test('attribution of paths and of touches, whatever the columns are called', async () => {
  const paths = fileOf('route;buyers;others;turnover\nweb > shop;2;0;90\nshop;0;3;0\n', 'paths.csv.gz')
  const named = { path: 'route', conversions: 'buyers', losses: 'others', value: 'turnover' }
  const { results, n } = await askEvaluation(attributionEvaluation, [paths], named)
  expect(n).toBe(5)
  expect(results).toMatchObject({ 'first.web': 2, 'last.shop': 2, 'value.linear.web': 45, 'removal_effect.shop': 1 })
  const touches = fileOf(
    'journey,channel,time,converted\n1,shop,2026-01-08,1\n1,web,2026-01-01,1\n2,shop,2026-01-03,0\n',
  )
  const timed = await askEvaluation(attributionEvaluation, [touches], { 'half-life': '7' })
  expect(timed.results['first.web']).toBe(1)
  expect(timed.results['time_decay.web']).toBeCloseTo(1 / 3, 9)
})

test('flows as a table, several cases, dates', async () => {
  const flows = fileOf('case,date,amount\na,2026-01-01,-100\na,2027-01-01,110\nb,2026-01-01,-100\nb,2027-01-01,-5\n')
  const { results } = await askEvaluation(financeEvaluation, [flows], { set: 'rate=0.1' })
  expect(results['xirr.a']).toBeCloseTo(0.1, 9)
  expect(results['xnpv.a']).toBeCloseTo(0, 9)
  expect(results).toMatchObject({ 'xirr_exists.b': 0 })
  const bare = await askEvaluation(financeEvaluation, [], {
    set: 'flows=-120000 39000 30000 21000 37000 46000;finance_rate=0.1;reinvest_rate=0.12',
  })
  expect(bare.results['mirr']).toBeCloseTo(0.126094130365905, 9)
})

test('circuits, yield, sharing and sizes from the command line', async () => {
  const spengler = await askEvaluation(circuitsEvaluation, [])
  expect(spengler.results).toMatchObject({
    'price.2': 80,
    'profit.2.1': 800,
    'profit.2.2': 400,
    'quantity.4': 5,
    integrated_profit: 1600,
  })
  const rows = fileOf('name,intercept,slope,costs\nx,100,1,10 10\ny,50,2,5 5\n')
  const two = await askEvaluation(circuitsEvaluation, [rows])
  expect(two.results).toMatchObject({ 'x.price.2': 80, 'y.quantity.1': 15 })
  const like = await askEvaluation(circuitsEvaluation, [], { set: 'substitutability=0.5' })
  expect(like.results['threshold.makers_prefer_retailers']).toBeCloseTo(0.708, 3)
  const season = await askEvaluation(circuitsEvaluation, [], {
    set: 'price=10;maker_cost=3;salvage=1;most=100;share=0.4',
  })
  expect(season.results['buy_back.profit']).toBeCloseTo(season.results['integrated.profit']!, 9)

  const places = await askEvaluation(yieldEvaluation, [], {
    set: 'fares=1050 567 534 520;means=17.3 45.1 39.6 34;sds=5.8 15 13.2 11.3;capacity=130',
  })
  expect(places.results['emsr_b.2']).toBeCloseTo(50.9, 1)
  expect(places.results['revenue.optimum']!).toBeGreaterThan(places.results['revenue.emsr_a']!)
  const shares = await askEvaluation(sharingEvaluation, [fileOf('estate,claims\n200,100 200 300\n')])
  expect(shares.results).toMatchObject({ 'talmud.1': 50, 'talmud.2': 75 })
  const game = await askEvaluation(sharingEvaluation, [fileOf('{"players": ["a", "b"], "worths": {"a": 1, "a,b": 5}}')])
  expect(game.results).toEqual({ 'share.a': 3, 'share.b': 2 })
  const size = await askEvaluation(experimentsEvaluation, [], { set: 'difference=1;sd=1;power=0.9' })
  expect(size.results['n_per_group']).toBeCloseTo(22.0211, 4)
})

test('experiments from a table', async () => {
  const lines = Array.from({ length: 400 }, (_, at) => {
    const [treated, before] = [at % 2, Math.sin(at * 12.9898) * 3]
    return [before + treated + Math.cos(at * 78.233), treated, before, before].join(',')
  })
  const file = fileOf(['outcome,treated,before,score', ...lines].join('\n'))
  const cuped = await askEvaluation(experimentsEvaluation, [file], { model: 'cuped' })
  expect(cuped.results['variance_ratio']).toBeLessThan(0.2)
  expect(cuped.results['effect']).toBeCloseTo(1, 0)
  const watched = await askEvaluation(experimentsEvaluation, [file], { model: 'sequential', effect: '1' })
  expect(watched.results['p_value']).toBeLessThan(0.05)
  expect((await askEvaluation(experimentsEvaluation, [file], { model: 'qini' })).results['gain']).toBeGreaterThan(100)
  const none = await askEvaluation(experimentsEvaluation, [], { model: 'null', runs: '300' })
  expect(none.results['false_alarms']).toBeLessThan(0.08)
})

test('forecasts of a table, with the last values held out or none', async () => {
  const rows = Array.from({ length: 48 }, (_, at) => `a,${at},${100 + 10 * Math.sin((Math.PI * at) / 6)}`)
  const file = fileOf(['series,time,value', ...rows].join('\n'))
  const held = await askEvaluation(forecastEvaluation, [file], { season: '12', 'hold-out': '12' })
  expect(held.results['smape.smoothing']).toBeLessThan(1)
  const ahead = await askEvaluation(forecastEvaluation, [file], { season: '12', horizon: '2', methods: 'theta' })
  expect(Object.keys(ahead.results)).toContain('theta.a.2.low')
  const slow = fileOf('value\n0\n0\n3\n0\n1\n0\n0\n0\n4\n0\n2\n')
  const { results } = await askEvaluation(forecastEvaluation, [slow], { methods: 'croston', horizon: '1' })
  expect(results['croston.1']).toBeCloseTo(0.9721554, 7)
})

test('what cannot be read or solved is told', async () => {
  await expect(askEvaluation(stockEvaluation, [], { set: 'model=nonsense' })).rejects.toThrow('no model')
  await expect(
    askEvaluation(stockEvaluation, [], { set: 'model=eoq;fixed_cost=x;holding_cost=1;demand_rate=1' }),
  ).rejects.toThrow('not_a_number')
  await expect(askEvaluation(stockEvaluation, [], { set: 'model=eoq;fixed_cost=1' })).rejects.toThrow('no column')
  await expect(askEvaluation(yieldEvaluation, [], { set: 'fares=2 1;means=1;sds=1 1' })).rejects.toThrow('mismatch')
  await expect(askEvaluation(recommendationEvaluation, [fileOf('user,item\n1,2\n')])).rejects.toThrow('two files')
  await expect(askEvaluation(financeEvaluation, [fileOf('amount\n')])).rejects.toThrow('empty')
  await expect(askEvaluation(forecastEvaluation, [fileOf('{"series": [{"x": "no"}]}')])).rejects.toThrow('data.csv')
  await expect(askEvaluation(attributionEvaluation, [fileOf('path,conversions\na,0\n')])).rejects.toThrow('too_few')
})
