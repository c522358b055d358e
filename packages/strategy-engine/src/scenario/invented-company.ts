import { createRandom } from '../numeric/random.ts'
import type { Company, SalesChannel, Scenario, Segment, Uncertain } from './company.ts'

/** An invented company of any size, for benches, tests and first tries: the same seed, the same company. */
export function inventScenario(seed: number, { segments = 12, channels = 8, months = 60 } = {}): Scenario {
  const random = createRandom(seed)
  const between = (least: number, most: number): number => least + (most - least) * random.float()
  const company: Company = {
    segments: Array.from({ length: segments }, (_, at) => inventSegment(at, between)),
    channels: Array.from({ length: channels }, (_, at) => inventChannel(at, { segments, channels }, between)),
    market: {
      rivalAppeal: Array.from({ length: segments }, () => between(-1, 0.5)),
      answer: 0.5,
      answerDelay: 2,
      patience: 0.6,
    },
    discountRate: 0.08,
    firstMonth: 1,
    months,
  }
  const opened = `channel ${channels}`
  const opening = {
    name: 'opening',
    month: Math.min(7, months),
    investment: 400_000,
    monthlyCost: 2_000,
    changes: [
      { what: 'open', channel: opened },
      { what: 'appeal', channel: 'channel 1', by: 0.1 },
    ],
  } as const
  return { company, moves: [opening], uncertain: inventUncertain(opened) }
}

type Between = (least: number, most: number) => number

const inventSegment = (at: number, between: Between): Segment => ({
  name: `segment ${at + 1}`,
  occasions: between(2_000, 20_000),
  growth: between(-0.02, 0.06),
  season: Array.from({ length: 12 }, (_, month) => 1 + 0.2 * Math.sin((2 * Math.PI * month) / 12)),
  basket: between(20, 120),
  priceSensitivity: between(1, 5),
  volatility: 0.1,
})

/** The last channel is not open yet; every other one has a limit, every third one takes a commission. */
const inventChannel = (
  at: number,
  { segments, channels }: { segments: number; channels: number },
  between: Between,
): SalesChannel => ({
  name: `channel ${at + 1}`,
  open: at < channels - 1 || channels === 1,
  appeal: Array.from({ length: segments }, () => between(-4, -1.5)),
  price: 1,
  goodsCost: 0.55,
  orderCost: between(1, 6),
  commission: at % 3 === 2 ? 0.12 : 0,
  fixedCost: between(5_000, 30_000),
  capacity: at % 2 === 0 ? Infinity : between(4_000, 12_000),
  inStock: between(0.92, 1),
  monthsToBeKnown: 6,
  experience: 0.95,
  ordersBefore: 10_000,
  cashDelay: at % 3,
})

const inventUncertain = (opened: string): Uncertain[] => [
  { name: 'market', distribution: { kind: 'lognormal', median: 1, spread: 1.1 }, affects: [{ what: 'demand' }] },
  {
    name: 'sensitivity',
    distribution: { kind: 'triangular', least: 0.7, likely: 1, most: 1.4 },
    affects: [{ what: 'priceSensitivity' }],
  },
  {
    name: 'appeal of the new channel',
    distribution: { kind: 'normal', mean: 0, deviation: 0.4 },
    affects: [{ what: 'appeal', channel: opened }],
  },
  {
    name: 'cost of the opening',
    distribution: { kind: 'triangular', least: 0.9, likely: 1, most: 1.6 },
    affects: [{ what: 'cost', move: 'opening' }],
  },
]
