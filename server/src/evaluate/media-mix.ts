import { fitMediaMix, trendAndSeason, type MediaMix } from '@ecluse/strategy-engine/media-mix/media-mix.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { choiceOption, listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

/** `npx ecluse evaluate media-mix FILE`: what each advertising channel made of sales, from weekly spend. */
export const mediaMixEvaluation: EvaluationKind = {
  help: 'cli.evaluate.media_mix.help',
  options: {
    sales: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.media_mix.sales' },
    channels: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.media_mix.channels' },
    time: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.media_mix.time' },
    controls: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.media_mix.controls' },
    saturation: { type: 'string', value: 'NAME', help: 'cli.evaluate.media_mix.saturation' },
    weeks: { type: 'string', value: 'N', help: 'cli.evaluate.media_mix.weeks' },
    period: { type: 'string', value: 'N', help: 'cli.evaluate.media_mix.period' },
    harmonics: { type: 'string', value: 'N', help: 'cli.evaluate.media_mix.harmonics' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const fit = bestSeason(table, request)
    const channels = fit.channels.flatMap((channel): [string, number][] => [
      [`share.${channel.name}`, channel.share],
      [`share_standard_error.${channel.name}`, channel.shareError],
      [`share_low.${channel.name}`, channel.low],
      [`share_high.${channel.name}`, channel.high],
      [`retention.${channel.name}`, channel.retention],
      ...channel.shapes.map((shape, at): [string, number] => [`shape${at + 1}.${channel.name}`, shape]),
      [`effect.${channel.name}`, channel.effect],
      [`return_on_spend.${channel.name}`, channel.returnOnSpend],
    ])
    const baseline = fit.baseline.names.map((name, at): [string, number] => [
      `baseline.${name}`,
      fit.baseline.coefficients[at] ?? 0,
    ])
    const results = Object.fromEntries([
      ...channels,
      ...baseline,
      ['r2', fit.r2],
      ['residual_error', fit.residualError],
    ])
    return { results, n: table.rows }
  },
}

/** With as many waves of the season as are asked for, or as G. Schwarz's criterion (1978) finds worth their coefficients, up to three. */
function bestSeason(table: Table, request: EvaluationRequest): MediaMix {
  const period = numberOption(request, 'period', 52, 2)
  const asked = numberOption(request, 'harmonics', -1, 0)
  const season = table.rows >= 2 * period
  const candidates = asked >= 0 ? [asked] : season ? [0, 1, 2, 3].filter((count) => count <= period / 2) : [0]
  const fits = candidates.map((harmonics) => {
    const fit = fitWith(table, request, period, harmonics)
    const { residualError, baseline } = fit
    const parameters = baseline.names.length
    return { fit, criterion: 2 * table.rows * Math.log(residualError) + parameters * Math.log(table.rows) }
  })
  const [first, ...others] = fits
  if (first === undefined) throw new Error('there is always one season to try')
  return others.reduce((best, one) => (one.criterion < best.criterion ? one : best), first).fit
}

function fitWith(table: Table, request: EvaluationRequest, period: number, harmonics: number): MediaMix {
  const sales = textOption(request, 'sales', table.has('sales') ? 'sales' : 'y')
  const time = textOption(request, 'time', ['week', 'date', 'time', 'month'].find(table.has) ?? '')
  const controls = listOption(request, 'controls')
  const others = table.names.filter((name) => ![sales, time, ...controls].includes(name))
  const channels = listOption(request, 'channels', others)
  const season = trendAndSeason(table.rows, period, harmonics)
  const saturation = choiceOption(request, 'saturation', ['logistic', 'hill'])
  const columns = (names: string[]) => ({ names, values: names.map((name) => table.numbers(name)) })
  const own = columns(controls)
  return fitMediaMix(
    {
      sales: table.numbers(sales),
      channels: columns(channels),
      controls: { names: [...own.names, ...season.names], values: [...own.values, ...season.values] },
    },
    { saturation, weeks: numberOption(request, 'weeks', 8, 1, 104) },
  )
}
