import type { MediaMix } from '@ecluse/strategy-engine/media-mix/media-mix.ts'
import { fitSeasonalMix } from '@ecluse/strategy-engine/media-mix/seasonal-mix.ts'
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
    const found = fit(table, request)
    const channels = found.channels.flatMap((channel): [string, number][] => [
      [`share.${channel.name}`, channel.share],
      [`share_standard_error.${channel.name}`, channel.shareError],
      [`share_low.${channel.name}`, channel.low],
      [`share_high.${channel.name}`, channel.high],
      [`retention.${channel.name}`, channel.retention],
      ...channel.shapes.map((shape, at): [string, number] => [`shape${at + 1}.${channel.name}`, shape]),
      [`effect.${channel.name}`, channel.effect],
      [`return_on_spend.${channel.name}`, channel.returnOnSpend],
    ])
    const baseline = found.baseline.names.map((name, at): [string, number] => [
      `baseline.${name}`,
      found.baseline.coefficients[at] ?? 0,
    ])
    const results = Object.fromEntries([
      ...channels,
      ...baseline,
      ['r2', found.r2],
      ['residual_error', found.residualError],
    ])
    return { results, n: table.rows }
  },
}

function fit(table: Table, request: EvaluationRequest): MediaMix {
  const harmonics = numberOption(request, 'harmonics', -1, 0)
  const sales = textOption(request, 'sales', table.has('sales') ? 'sales' : 'y')
  const time = textOption(request, 'time', ['week', 'date', 'time', 'month'].find(table.has) ?? '')
  const controls = listOption(request, 'controls')
  const others = table.names.filter((name) => ![sales, time, ...controls].includes(name))
  const channels = listOption(request, 'channels', others)
  const columns = (names: string[]) => ({ names, values: names.map((name) => table.numbers(name)) })
  const saturation = choiceOption(request, 'saturation', ['logistic', 'hill'])
  return fitSeasonalMix(
    { sales: table.numbers(sales), channels: columns(channels), controls: columns(controls) },
    {
      period: numberOption(request, 'period', 52, 2),
      ...(harmonics >= 0 ? { harmonics } : {}),
      saturation,
      weeks: numberOption(request, 'weeks', 8, 1, 104),
    },
  ).mix
}
