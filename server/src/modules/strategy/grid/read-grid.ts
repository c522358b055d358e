import type { ChannelGrid, GridConstraint, GridCriterion, MixQuestionBody } from '@ecluse/contracts/channel-grid.ts'
import type { FiguresRow } from '@ecluse/contracts/insights.ts'
import { rankAcceptability, scoreChannels, turningPoints } from '@ecluse/strategy-engine/channel-grid/score-channels.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { systemContext, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { engineWords } from '../../../kernel/engine-words.ts'
import { listChannels } from '../../channels/public.ts'
import { dayOf, hoursToHand, readFigures } from '../../insights/public.ts'
import { scoreCells, type FigureOf } from './domain/score-cells.ts'
import { selectVersions, versionContent, type GridContent } from './queries/grid-versions.ts'

const yearMs = 364 * 86_400_000
/** The same draws for all: the same grid says the same. */
const draws = { draws: 2_000, seed: 1 }

/** What is judged by until the firm says otherwise. */
const usual: GridCriterion[] = [
  { code: 'reach', name: '', weight: 20, better: 'more', figure: 'customerShare' },
  { code: 'cost', name: '', weight: 20, better: 'less', figure: 'servingCostRate' },
  { code: 'control', name: '', weight: 15, better: 'more', figure: null },
  { code: 'image', name: '', weight: 15, better: 'more', figure: null },
  { code: 'speed', name: '', weight: 15, better: 'less', figure: 'hoursToHand' },
  { code: 'service', name: '', weight: 15, better: 'more', figure: 'promisesKept' },
]
export const usualGrid: GridContent = { criteria: usual, judgements: [], mix: null }

/** The grid as it stands: channels that are run, scored with the figures of the last twelve months. */
export async function readGrid(ctx: Ctx, db: Queryable): Promise<ChannelGrid> {
  const versions = await selectVersions(db)
  const version = versions[0]?.version ?? 0
  const { content } = (version === 0 ? undefined : await versionContent(db, version)) ?? { content: usualGrid }
  const now = ctx.clock.now()
  const period = { from: dayOf(new Date(now.getTime() - yearMs)), until: dayOf(now) }
  const [channels, figures, hours] = await Promise.all([
    listChannels(db),
    readFigures(systemContext(ctx, 'strategy.grid'), { ...period, by: 'channel' }),
    hoursToHand(db, period),
  ])
  const codes = channels.filter(({ active }) => active).map(({ code }) => code)
  const rows = new Map(figures.rows.map((row) => [row.key, row]))
  const total = customersOf(figures.total)
  const hoursOf = new Map(hours.map((one) => [one.channel, one.hours]))
  const figureOf: FigureOf = (channel, figure) => {
    if (figure === 'hoursToHand') return hoursOf.get(channel) ?? null
    const row = rows.get(channel)
    if (!row) return null
    if (figure === 'customerShare') return total > 0 ? customersOf(row) / total : null
    if (figure === 'servingCostRate') return servingRate(row)
    return row.now[figure] ?? null
  }
  const cells = scoreCells(content.criteria, codes, content.judgements, figureOf)
  return {
    version,
    period,
    criteria: content.criteria,
    channels: codes,
    cells,
    ...rank(
      ctx,
      content.criteria,
      codes,
      (channel, criterion) =>
        cells.find((cell) => cell.channel === channel && cell.criterion === criterion)?.score ?? 5,
    ),
    mix: asKept(mixOf(codes, rows, total), content.mix),
    mixKept: content.mix !== null,
    versions: versions.map(({ note, restores, created_at: at, created_by: by, ...one }) => ({
      ...one,
      note,
      restores,
      at: at.toISOString(),
      by,
    })),
  }
}

type Row = Pick<FiguresRow, 'now'>

const customersOf = ({ now }: Row): number => (now.newCustomers ?? 0) + (now.knownCustomers ?? 0)

/** What it costs to sell, goods apart: serving and what runs by the month, for what it brings. */
function servingRate({ now }: Row): number | null {
  const revenue = now.netRevenue ?? 0
  const cost = servingCost(now)
  return revenue > 0 ? cost / revenue : null
}

function servingCost(now: FiguresRow['now']): number {
  const terms = [now.payment, now.picking, now.parcel, now.commission, now.contacts, now.fixed]
  return terms.reduce<number>((sum, term) => sum + (term ?? 0), 0)
}

/** What the best mix is asked of, unless it was said: what a year of each channel costs to run and brings after it. */
function mixOf(codes: readonly string[], rows: ReadonlyMap<string | null, Row>, total: number): MixQuestionBody {
  const channels = codes.map((channel) => {
    const row = rows.get(channel)
    if (!row) return { channel, costMinor: 0, value: 0, reach: 0 }
    return {
      channel,
      costMinor: Math.max(0, Math.round(servingCost(row.now))),
      value: Math.round(row.now.contribution ?? row.now.margin ?? 0),
      reach: total > 0 ? Math.min(0.999, Math.round((customersOf(row) / total) * 1_000) / 1_000) : 0,
    }
  })
  return { channels, overlaps: [], constraints: [] }
}

/** A question with the costs, overlaps and constraints that were kept, as far as they are of channels that are still run. */
function asKept(fresh: MixQuestionBody, kept: MixQuestionBody | null): MixQuestionBody {
  if (kept === null) return fresh
  const runs = new Set(fresh.channels.map(({ channel }) => channel))
  const costs = new Map(kept.channels.map(({ channel, costMinor }) => [channel, costMinor]))
  return {
    channels: fresh.channels.map((one) => ({ ...one, costMinor: costs.get(one.channel) ?? one.costMinor })),
    overlaps: kept.overlaps.filter(({ between }) => between.every((code) => runs.has(code))),
    constraints: kept.constraints.filter((constraint) => channelsOf(constraint).every((code) => runs.has(code))),
  }
}

/** The channels a constraint is about. */
function channelsOf(constraint: GridConstraint): string[] {
  switch (constraint.kind) {
    case 'required':
    case 'excluded':
      return [constraint.channel]
    case 'needs':
      return [constraint.channel, constraint.other]
    case 'not_both':
      return constraint.channels
    default:
      return []
  }
}

type Ranked = Pick<ChannelGrid, 'totals' | 'turns' | 'problem'>

function rank(
  { locale }: Ctx,
  criteria: readonly GridCriterion[],
  channels: readonly string[],
  scoreOf: (channel: string, criterion: string) => number,
): Ranked {
  try {
    const grid = scoreChannels(
      criteria.map(({ code, weight }) => ({ name: code, weight, better: 'more', worst: 0, best: 10 })),
      channels.map((name) => ({ name, figures: criteria.map(({ code }) => scoreOf(name, code)) })),
    )
    const firsts = rankAcceptability(grid, draws)
    const totals = grid.ranking.map((at) => ({
      channel: channels[at] ?? '',
      total: 10 * (grid.totals[at] ?? 0),
      parts: criteria.map(
        (_, column) => 10 * (grid.weights[column] ?? 0) * (grid.scores[at * criteria.length + column] ?? 0),
      ),
      first: firsts[at]?.ranks[0] ?? 0,
    }))
    return { totals, turns: turningPoints(grid), problem: null }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return { totals: [], turns: [], problem: engineWords(locale, error.reason, error.details) }
  }
}
