import type { Subscriber } from '../../../kernel/relay.ts'
import { noteExposures } from '../experiments/queries/exposures.ts'

type DrawnArm = { readonly experimentId: string; readonly partyId: string; readonly arm: string }

/** Notes who met an experiment in a journey: they are counted with those who met it elsewhere. */
export const noteArms: Subscriber = {
  name: 'strategy.note-arms',
  types: ['engagement.arms_drawn'],
  async handle(_ctx, tx, events) {
    const drawn = events.flatMap(({ payload, occurredAt }) =>
      (payload as { arms: DrawnArm[] }).arms.map((arm) => ({ ...arm, at: occurredAt })),
    )
    await noteExposures(tx, drawn)
  },
}
