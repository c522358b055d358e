import { job } from '../../../kernel/jobs.ts'
import { learnTraitsJob } from '../../customers/public.ts'
import { learnTraits, learnTraitsOf } from '../traits/learn-traits.ts'

/** What interests customers, their sizes and their shop: of everybody each night, of some when they say something or are merged. */
export const learnTraitsNightly = job({
  ...learnTraitsJob,
  schedule: '7 3 * * *',
  run: (ctx, { partyIds }) => (partyIds ? learnTraitsOf(ctx, partyIds) : learnTraits(ctx)),
})
