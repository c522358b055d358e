import type { Scenario } from '@ecluse/strategy-engine/scenario/company.ts'

/** Everything a simulation is computed from; the bytes of it are kept with the run. */
export type RunInput = { scenario: Scenario; seed: number; draws: number; startsOn: string }

/** As text: what has no limit is null, for JSON knows no infinity. */
export const writeInput = (input: RunInput): string =>
  JSON.stringify(input, (_, value: unknown) => (value === Infinity ? null : value))

export function readInput(text: string): RunInput {
  return JSON.parse(text, (key, value: unknown) =>
    key === 'capacity' && value === null ? Infinity : value,
  ) as RunInput
}
