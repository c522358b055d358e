import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Tx } from '../../../kernel/db.ts'
import type { Chosen } from '../domain/choose-lots.ts'
import type { LotRow, ShelfRow, TrackedMovement } from '../queries/lot-moves.ts'
import type { Picked } from '../queries/lot-picks.ts'
import type { MovementRow } from '../queries/movements.ts'

/** A movement of a followed article, with what is known of its lots. */
export type LotMove = TrackedMovement & {
  readonly row: MovementRow
  readonly quantity: number
  /** By the numbers on their labels. */
  readonly named: readonly LotUnits[] | null
  /** By their ids, when they are known already. */
  readonly known: readonly Chosen[] | null
  readonly lineId: string | null
  /** What of the lots put aside for its line it takes; null: as many as it needs. */
  readonly aside: readonly Chosen[] | null
  /** The pool goods in transit have left. */
  readonly fromPoolId: string | null
}

/** What moving lots looks at: read once for all movements, and kept up to date while they are decided. */
export type LotScene = {
  readonly tx: Tx
  readonly today: string
  readonly lots: Map<string, LotRow>
  readonly shelves: Map<string, ShelfRow[]>
  readonly picks: readonly Picked[]
  readonly decided: Map<LotMove, readonly Chosen[]>
}
