import type { Takings } from '@ecluse/contracts/takings.ts'

type Figure = { method: Takings['method']; keptMinor: number; givenBackMinor: number }

/** What stayed at the counter, in all and by means; amounts in minor units, below zero when more was given back than taken. */
export function dayFigures(means: readonly Takings[]): { keptMinor: number; byMeans: Figure[] } {
  const byMeans = means.map(({ method, taken, givenBack }) => ({
    method,
    keptMinor: taken.amountMinor - givenBack.amountMinor,
    givenBackMinor: givenBack.amountMinor,
  }))
  return { keptMinor: byMeans.reduce((sum, { keptMinor }) => sum + keptMinor, 0), byMeans }
}
