import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'

/** What is missing, from which preparation, and why: it is put right once its buyer has answered. */
export type PlannedSubstitute = {
  readonly fulfillmentId: string
  readonly lineId: string
  readonly units: number
  readonly reason: RefusalReason
  readonly lots?: LotUnits[] | undefined
}
