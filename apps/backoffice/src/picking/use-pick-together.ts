import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'

/** Begins one walk for several preparations, and goes to it. */
export function usePickTogether() {
  const navigate = useNavigate()
  return useAct({
    act: (preparations: readonly Fulfillment[], idempotencyKey) =>
      call(
        endpoints.openPickingRound,
        { body: { fulfillmentIds: preparations.map(({ id }) => id) } },
        { idempotencyKey },
      ),
    touches: ['/picking-rounds', '/fulfillments'],
    onDone: ({ id }) => void navigate({ to: '/picking/$roundId', params: { roundId: id } }),
  })
}
