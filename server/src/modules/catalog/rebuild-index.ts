import { createHash } from 'node:crypto'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Queryable } from '../../kernel/db.ts'
import { readSetting, writeSetting } from '../../kernel/settings.ts'
import { synonymTable } from './domain/synonyms.ts'
import { indexProducts } from './index-products.ts'
import { lockProductsAfter } from './queries/locks.ts'

/** Raised whenever `index-products.ts` writes other texts or weights than before. */
const rules = 2

const settingName = 'catalog.search_rules'
const batchSize = 500
const firstId = '00000000-0000-0000-0000-000000000000'

/** The rules an index is made by, as they are remembered with it. */
const indexRules = `${rules}.${createHash('sha256').update(synonymTable).digest('hex').slice(0, 12)}`

/** Whether the index was made by other rules than today's. */
export async function isIndexOld(db: Queryable): Promise<boolean> {
  return (await readSetting<string>(db, settingName)) !== indexRules
}

/**
 * Makes the index of all products again, a batch at a time, while they are sold and edited: a batch waits for who writes its
 * products, and they for it.
 * @returns how many products were indexed
 */
export async function rebuildIndex(ctx: Ctx): Promise<number> {
  let indexed = 0
  let after: string | undefined = firstId
  while (after !== undefined) {
    const from: string = after
    const ids = await inTransaction(ctx.db, async (tx) => {
      const batch = await lockProductsAfter(tx, from, batchSize)
      if (batch.length > 0) await indexProducts(tx, batch)
      return batch
    })
    indexed += ids.length
    after = ids.at(-1)
  }
  await inTransaction(ctx.db, (tx) => writeSetting(tx, settingName, indexRules))
  return indexed
}
