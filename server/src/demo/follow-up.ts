import type { Ctx } from '../kernel/context.ts'

/** Something that happens to an order later, and what follows from it. */
export type FollowUp = { at: number; act(ctx: Ctx): Promise<readonly FollowUp[]> }
