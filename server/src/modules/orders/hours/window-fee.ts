import type { Ctx } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/errors.ts'
import type { WindowDesk } from '../window-desk.ts'

/** A way of delivery, and the window of it that is named. */
type NamedWindow = {
  readonly method: string
  readonly windowId?: string | undefined
  readonly address?: { readonly postalCode: string } | null | undefined
}

/**
 * What delivery in the window that is named costs, in minor units; null where the channel's own fee holds, or where the window cannot be
 * kept: whoever keeps it says so.
 */
export async function windowFee(windows: WindowDesk, ctx: Ctx, delivery: NamedWindow): Promise<bigint | null> {
  const { method, windowId, address } = delivery
  if (method !== 'delivery' || windowId === undefined || !address) return null
  try {
    const { feeMinor } = await windows.find(ctx, { windowId, postalCode: address.postalCode, mine: true })
    return feeMinor
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
