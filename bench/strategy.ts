import { packJourneys } from '@ecluse/strategy-engine/attribution/journeys.ts'
import { markovAttribution } from '@ecluse/strategy-engine/attribution/markov.ts'
import { shapleyAttribution, shapleyRateAttribution } from '@ecluse/strategy-engine/attribution/shapley.ts'
import { automaticSmoothing } from '@ecluse/strategy-engine/forecast/automatic-smoothing.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { inventScenario } from '@ecluse/strategy-engine/scenario/invented-company.ts'
import { simulateScenario } from '../server/src/modules/strategy/public.ts'
import { median, printReport, rounded } from './lib/report.ts'

/**
 * How long the strategy engine takes for what the desk asks of it: ten thousand draws of sixty months of twelve segments and eight
 * channels (bar: 5 s on two cores, 300 MB, and twice the draws in twice the time), Shapley and Markov attribution of a million
 * journeys over twelve channels (bar: 5 s), and forecasts of ten thousand series (bar: 30 s).
 */
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)
const random = createRandom(seed)

const seconds = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const scenario = inventScenario(seed)
const cpuSeconds = (): number => process.cpuUsage().user / 1e6
const simulate = (draws: number) => () => simulateScenario(scenario, { draws, seed, workers: 2 })
const memoryOf = async (work: () => unknown): Promise<number> => {
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  await work()
  clearInterval(watch)
  return most / 2 ** 20
}
// Of ten thousand draws in a process that did nothing before: what twice as many need would stay with it.
const memory = await memoryOf(simulate(10_000))
const [once, twice]: [number[], number[]] = [[], []]
const cpuBefore = cpuSeconds()
for (let round = 0; round < 3; round++) {
  once.push(await seconds(simulate(10_000)))
  twice.push(await seconds(simulate(20_000)))
}
// Of 10,000 draws, in all threads; a busy machine makes the clock tell of others.
const cpuOfSimulation = (cpuSeconds() - cpuBefore) / 9

const channels = Array.from({ length: 12 }, (_, at) => `channel ${at + 1}`)
const kinds = packJourneys(
  Array.from({ length: 1_000_000 }, () => ({
    path: Array.from({ length: 1 + random.below(6) }, () => channels[random.below(12)] ?? ''),
    conversions: Number(random.float() < 0.1),
    losses: 1,
  })),
  channels,
)
const shapley = await seconds(() => [shapleyAttribution(kinds), shapleyRateAttribution(kinds)])
const markov = await seconds(() => markovAttribution(kinds))

const series = Array.from({ length: 10_000 }, () => {
  const [level, slope] = [50 + 100 * random.float(), random.normal()]
  const value = (month: number) => level + slope * month + 10 * Math.sin((Math.PI * month) / 6) + 5 * random.normal()
  return { values: Float64Array.from({ length: 48 }, (_, month) => value(month)), season: 12 }
})
const cpuBeforeForecasts = cpuSeconds()
const forecasts = await seconds(() => series.map((one) => automaticSmoothing(one, 12).mean[0]))

printReport({
  bench: 'strategy',
  ratios: {
    time_for_twice_the_draws: rounded(median(twice) / median(once)),
    simulation_to_bar: rounded(median(once) / 5),
    shapley_to_bar: rounded(shapley / 5),
    forecasts_to_bar: rounded(forecasts / 30),
  },
  figures: {
    simulation_seconds: rounded(median(once)),
    simulation_cpu_seconds: rounded(cpuOfSimulation),
    simulation_memory_mb: rounded(memory),
    shapley_seconds: rounded(shapley),
    markov_seconds: rounded(markov),
    forecasts_seconds: rounded(forecasts),
    forecasts_cpu_seconds: rounded(cpuSeconds() - cpuBeforeForecasts),
  },
  seed,
})
