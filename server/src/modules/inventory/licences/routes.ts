import type { z } from 'zod'
import type { licencesSchema } from '@ecluse/contracts/downloads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { selectLicences, type LicenceRow } from '../queries/licences.ts'
import { existingVariants } from '../queries/stock.ts'
import { setLicences } from './licences.ts'

/** How many licences of files are sold. */
export const licenceRoutes: Routes = (app, services) => {
  implement(app, services, 'listLicences', endpoints.listLicences, async (ctx, { query }) => ({
    items: (await selectLicences(ctx.db, query)).map(viewLicences),
  }))

  implement(app, services, 'setLicences', endpoints.setLicences, (ctx, { params: { variantId }, body }) =>
    command(ctx, async (tx) => {
      if (!(await existingVariants(tx, [variantId])).has(variantId)) throw refuse('inventory.variant_not_found')
      await setLicences(ctx, tx, variantId, body.limit)
      const [row] = await selectLicences(tx, { variantId })
      if (!row) throw refuse('inventory.variant_not_found')
      return viewLicences(row)
    }),
  )
}

function viewLicences(row: LicenceRow): z.output<typeof licencesSchema> {
  return {
    variantId: row.variant_id,
    limit: row.unlimited ? null : Number(row.capacity),
    available: row.unlimited ? null : Math.max(0, Number(row.available)),
  }
}
