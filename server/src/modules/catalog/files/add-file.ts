import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { insertFile, kindOfVariant, selectFiles } from '../queries/files.ts'
import { lockProductsOfVariants } from '../queries/locks.ts'

/** A file whose content is kept already. */
export type KeptFile = {
  readonly id: string
  readonly variantId: string
  readonly label: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly note: string
}

/**
 * Attaches a file to an article; one with the same label is its next version, and what buyers are given from now on.
 * @throws inventory.variant_not_found, catalog.not_digital
 */
export async function addFile(ctx: Ctx, tx: Tx, file: KeptFile): Promise<void> {
  await lockProductsOfVariants(tx, [file.variantId])
  const article = await kindOfVariant(tx, file.variantId)
  if (!article) throw refuse('inventory.variant_not_found')
  if (article.kind !== 'digital') throw refuse('catalog.not_digital')
  const same = (await selectFiles(tx, [file.variantId])).filter(({ label }) => label === file.label)
  const version = 1 + Math.max(0, ...same.map((row) => row.version))
  await insertFile(tx, {
    id: file.id,
    variant_id: file.variantId,
    label: file.label,
    version,
    file_name: file.fileName,
    media_type: file.mediaType,
    bytes: BigInt(file.bytes),
    sha256: file.sha256,
    note: file.note,
    actor: actorLabel(ctx.actor),
    created_at: ctx.clock.now(),
  })
  const { variantId, label } = file
  await publish(tx, ctx, [
    {
      type: 'catalog.file_added',
      version: 1,
      aggregateId: article.product_id,
      payload: { productId: article.product_id, variantId, fileId: file.id, label, version },
    },
  ])
}
