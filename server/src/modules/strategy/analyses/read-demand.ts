import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { dayOf, demandSeries, type DemandRow } from '../../insights/public.ts'
import type { DemandInput } from './domain/analysis-input.ts'

const dayMs = 86_400_000
/** So many steps are looked back at: three years. */
const back = { month: 36, week: 156 } as const
const aYear = { month: 12, week: 52 } as const

/** What was sold in each whole step of the last three years, by unit. */
export async function readDemand(
  ctx: Ctx,
  question: Extract<AnalysisQuestion, { kind: 'demand' }>,
): Promise<DemandInput> {
  const { per, step, horizon, lead, service, salvage } = question
  const now = stepOf(dayOf(ctx.clock.now()), step)
  const steps = Array.from({ length: back[step] }, (_, at) => later(now, step, at - back[step]))
  const rows = await demandSeries(ctx.db, { per, step, from: steps[0] ?? now, until: now })
  // What lies before the first sale of anything is no time without demand.
  const first = rows.reduce((least, row) => (row.starts_on < least ? row.starts_on : least), now)
  const known = steps.filter((one) => one >= first)
  return {
    kind: 'demand',
    steps: known,
    season: aYear[step],
    horizon,
    lead,
    service,
    salvage,
    ahead: Array.from({ length: horizon }, (_, at) => later(now, step, at)),
    units: unitsOf(rows, known).map((unit) => (per === 'product' ? unit : { ...unit, priceMinor: 0, costMinor: 0 })),
  }
}

function unitsOf(rows: readonly DemandRow[], steps: readonly string[]): DemandInput['units'] {
  const byUnit = new Map<string, DemandRow[]>()
  for (const row of rows) byUnit.set(row.unit, [...(byUnit.get(row.unit) ?? []), row])
  const sum = (of: readonly DemandRow[], key: 'units' | 'revenue' | 'cost'): number =>
    of.reduce((all, row) => all + row[key], 0)
  return [...byUnit]
    .map(([unit, own]) => {
      const priced = own.filter(({ revenue, units }) => revenue > 0 && units > 0)
      const count = sum(priced, 'units')
      const quantities = new Map(own.map((row) => [row.starts_on, row.units]))
      return {
        unit,
        name: nameOf(own[0]),
        history: steps.map((one) => quantities.get(one) ?? 0),
        priceMinor: count > 0 ? Math.round(sum(priced, 'revenue') / count) : 0,
        costMinor: count > 0 ? Math.round(sum(priced, 'cost') / count) : 0,
        sold: sum(own, 'units'),
      }
    })
    .toSorted((a, b) => b.sold - a.sold || (a.unit < b.unit ? -1 : 1))
    .map(({ sold: _, ...unit }) => unit)
}

const nameOf = (row: DemandRow | undefined): DemandInput['units'][number]['name'] =>
  row?.name_fr ? { fr: row.name_fr, en: row.name_en ?? row.name_fr } : null

/** First day of the month or, from Monday on, the week of a day. */
function stepOf(day: string, step: 'week' | 'month'): string {
  if (step === 'month') return `${day.slice(0, 7)}-01`
  const at = Date.parse(`${day}T00:00:00Z`)
  return dayText(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs)
}

function later(from: string, step: 'week' | 'month', steps: number): string {
  if (step === 'month') return `${addMonths(from.slice(0, 7), steps)}-01`
  return dayText(Date.parse(`${from}T00:00:00Z`) + steps * 7 * dayMs)
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10)
