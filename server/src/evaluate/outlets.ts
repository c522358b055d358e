import { catchments, type HuffOptions } from '@ecluse/strategy-engine/outlets/catchments.ts'
import { chooseOutlets } from '@ecluse/strategy-engine/outlets/choose-outlets.ts'
import type { Outlet, Region, Zone } from '@ecluse/strategy-engine/outlets/region.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { loadSolver } from '../modules/strategy/public.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { choiceOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

type Figures = Record<string, number>
/** An outlet where it is on a plane, in the unit of the distances; nowhere where the file does not say. */
type PlacedOutlet = Outlet & { x: number; y: number }
type Places = Omit<Region, 'outlets'> & { outlets: PlacedOutlet[] }

/** `npx ecluse evaluate outlets FILE`: catchments by D. Huff’s model, and the outlets that cover most people. */
export const outletsEvaluation: EvaluationKind = {
  help: 'cli.evaluate.outlets.help',
  options: {
    zone: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.zone' },
    outlet: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.outlet' },
    demand: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.demand' },
    distance: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.distance' },
    attraction: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.attraction' },
    cost: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.cost' },
    image: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.image' },
    x: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.x' },
    y: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.outlets.y' },
    alpha: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.alpha' },
    beta: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.beta' },
    elsewhere: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.elsewhere' },
    reach: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.reach' },
    policy: { type: 'string', value: 'WORD', help: 'cli.evaluate.outlets.policy' },
    most: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.most' },
    budget: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.budget' },
    apart: { type: 'string', value: 'N', help: 'cli.evaluate.outlets.apart' },
    ...tableOptions,
  },
  run: async (request) => {
    const table = readDefinedTable(request)
    const region = regionOf(request, table)
    const huff = {
      alpha: numberOption(request, 'alpha', 1),
      beta: numberOption(request, 'beta', 2),
      elsewhere: numberOption(request, 'elsewhere', 0),
    }
    const results = { ...catchmentFigures(region, huff), ...(await networkFigures(request, region, huff)) }
    return { results, n: region.zones.length }
  },
}

/** One row for each zone and outlet; what is said of a zone or an outlet is said the same in all its rows. */
function regionOf(request: EvaluationRequest, table: Table): Places {
  const column = (name: string): string => textOption(request, name, name)
  const numbers = (name: string, usual?: number): Float64Array =>
    usual === undefined || table.has(column(name))
      ? table.numbers(column(name))
      : new Float64Array(table.rows).fill(usual)
  const [zoneOf, outletOf] = [table.text(column('zone')), table.text(column('outlet'))]
  const [demand, distance] = [numbers('demand'), numbers('distance')]
  const [attraction, cost, image] = [numbers('attraction', 1), numbers('cost', 0), numbers('image', 0.5)]
  const [x, y] = [numbers('x', NaN), numbers('y', NaN)]
  const zones = new Map<string, Zone>()
  const outlets = new Map<string, PlacedOutlet>()
  const distances = new Map<string, number>()
  for (let row = 0; row < table.rows; row++) {
    const zone = { name: zoneOf[row] ?? '', demand: demand[row] ?? NaN }
    const outlet = {
      name: outletOf[row] ?? '',
      attraction: attraction[row] ?? NaN,
      cost: cost[row] ?? NaN,
      image: image[row] ?? NaN,
      x: x[row] ?? NaN,
      y: y[row] ?? NaN,
    }
    keepSame(zones, zone)
    keepSame(outlets, outlet)
    const pair = JSON.stringify([zone.name, outlet.name])
    if (distances.has(pair)) throw new Unanswerable('repeated', { name: `${zone.name}, ${outlet.name}` })
    distances.set(pair, distance[row] ?? NaN)
  }
  if (distances.size !== zones.size * outlets.size)
    throw new Unanswerable('mismatch', { first: distances.size, second: zones.size * outlets.size })
  return {
    zones: [...zones.values()],
    outlets: [...outlets.values()],
    distances: Float64Array.from(
      [...zones.keys()].flatMap((zone) =>
        [...outlets.keys()].map((outlet) => distances.get(JSON.stringify([zone, outlet])) ?? NaN),
      ),
    ),
  }
}

function keepSame<T extends { name: string }>(known: Map<string, T>, one: T): void {
  const before = known.get(one.name)
  if (before === undefined) known.set(one.name, one)
  else if (JSON.stringify(before) !== JSON.stringify(one))
    throw new Unanswerable('mismatch', { first: JSON.stringify(before), second: JSON.stringify(one) })
}

function catchmentFigures(region: Region, huff: HuffOptions): Figures {
  const { shares, sales, lost } = catchments(region, huff)
  const { zones, outlets } = region
  return Object.fromEntries([
    ...zones.flatMap(({ name: zone }, row) =>
      outlets.map(
        ({ name: outlet }, at) => [`share.${zone}.${outlet}`, shares[row * outlets.length + at] ?? NaN] as const,
      ),
    ),
    ...outlets.map(({ name }, at) => [`sales.${name}`, sales[at] ?? NaN] as const),
    ['lost', lost] as const,
  ])
}

async function networkFigures(request: EvaluationRequest, region: Places, huff: HuffOptions): Promise<Figures> {
  if (textOption(request, 'reach', '') === '') return {}
  const policy = choiceOption(request, 'policy', ['selective', 'intensive', 'exclusive'])
  const found = chooseOutlets(
    region,
    {
      policy,
      reach: numberOption(request, 'reach', 0),
      most: numberOption(request, 'most', region.outlets.length),
      ...(textOption(request, 'budget', '') === '' ? {} : { budget: numberOption(request, 'budget', 0) }),
      ...(policy === 'exclusive' && { apart: apartOf(request, region) }),
    },
    await loadSolver(),
    huff,
  )
  return Object.fromEntries([
    ...region.outlets.map(({ name }, at) => [`chosen.${name}`, found.chosen.includes(at) ? 1 : 0] as const),
    ...(['coverage', 'overlap', 'sales', 'salesPerOutlet', 'image', 'cost'] as const).map(
      (name) => [`network.${name === 'salesPerOutlet' ? 'sales_per_outlet' : name}`, found[name]] as const,
    ),
  ])
}

/** How far two outlets of exclusive distribution keep from each other, and how far each two are, as the crow flies. */
function apartOf(request: EvaluationRequest, { outlets }: Places): { distance: number; between: Float64Array } {
  for (const column of ['x', 'y'] as const)
    if (outlets.some((one) => Number.isNaN(one[column]))) throw new Unanswerable('unknown_name', { name: column })
  if (textOption(request, 'apart', '') === '') throw new Unanswerable('unknown_name', { name: 'apart' })
  const between = outlets.flatMap((one) => outlets.map((other) => Math.hypot(one.x - other.x, one.y - other.y)))
  return { distance: numberOption(request, 'apart', 0), between: Float64Array.from(between) }
}
