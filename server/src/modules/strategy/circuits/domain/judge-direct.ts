import type { DirectChannelAnswer, DirectChannelBody } from '@ecluse/contracts/circuits.ts'
import { judgeDirectChannel } from '@ecluse/strategy-engine/circuits/direct-channel.ts'

const growths = Array.from({ length: 15 }, (_, at) => (at * 2.5 - 5) / 100)
const shares = Array.from({ length: 11 }, (_, at) => at / 10)

/** The verdict on a direct channel, and the same for markets around it. @throws Unanswerable */
export function judgeDirect(question: DirectChannelBody): DirectChannelAnswer {
  const { growthWithoutConflict, ...verdict } = judgeDirectChannel(question)
  return {
    ...verdict,
    growthWithoutConflict: Number.isFinite(growthWithoutConflict) ? growthWithoutConflict : null,
    regions: growths.flatMap((growth) =>
      shares.map((partnerShare) => {
        const { open, conflict } = judgeDirectChannel({ ...question, growth, partnerShare })
        return {
          growth,
          partnerShare,
          state: open ? (conflict ? ('conflict' as const) : ('peace' as const)) : ('no' as const),
        }
      }),
    ),
  }
}
