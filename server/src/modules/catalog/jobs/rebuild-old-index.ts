import { z } from 'zod'
import type { Queryable } from '../../../kernel/db.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { isIndexOld, rebuildIndex } from '../rebuild-index.ts'

/** Makes the search index again after a change of its rules; it is asked for at the start. */
export const rebuildOldIndex = job({
  name: 'catalog.rebuild-index',
  payload: z.strictObject({}),
  async run(ctx) {
    if (!(await isIndexOld(ctx.db))) return
    const products = await rebuildIndex(ctx)
    ctx.log.info({ products }, 'the search index was made again')
  },
})

/** Asks for the index to be made again when it is old; several processes that start together ask once. */
export async function askForIndex(db: Queryable): Promise<void> {
  if (await isIndexOld(db)) await enqueue(db, rebuildOldIndex, {}, { key: rebuildOldIndex.name })
}
