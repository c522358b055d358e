import type { GridCell, GridCriterion, SignedJudgement } from '@ecluse/contracts/channel-grid.ts'

/** A figure of a channel; null where it has no meaning, as the promises of a channel that made none. */
export type FigureOf = (channel: string, figure: NonNullable<GridCriterion['figure']>) => number | null

/**
 * Every cell of a grid: the figure and its score between the worst and the best of all channels, and what was judged. A judgement
 * counts instead of a figure; where there is neither, the middle counts, and says so. One figure alone, or all the same, is the middle.
 */
export function scoreCells(
  criteria: readonly GridCriterion[],
  channels: readonly string[],
  judgements: readonly SignedJudgement[],
  figureOf: FigureOf,
): GridCell[] {
  return criteria.flatMap((criterion) => {
    const { code, figure, better } = criterion
    const figures = new Map(channels.map((channel) => [channel, figure === null ? null : figureOf(channel, figure)]))
    const known = [...figures.values()].filter((value) => value !== null)
    const least = Math.min(...known)
    const most = Math.max(...known)
    const scoreOf = (value: number): number => {
      if (most === least) return 5
      const share = (value - least) / (most - least)
      return 10 * (better === 'more' ? share : 1 - share)
    }
    return channels.map((channel): GridCell => {
      const value = figures.get(channel) ?? null
      const figureScore = value === null ? null : scoreOf(value)
      const judged = judgements.find((one) => one.channel === channel && one.criterion === code) ?? null
      const used = judged ? 'judgement' : figureScore === null ? 'neither' : 'figure'
      return {
        channel,
        criterion: code,
        figure: value,
        figureScore,
        judged,
        used,
        score: judged?.score ?? figureScore ?? 5,
      }
    })
  })
}
