import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierPlace } from '@ecluse/contracts/supplier-places.ts'
import { assert } from '../../../kernel/assert.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { readSupplierPlaces } from './read-places.ts'
import { createSupplierPlace, updateSupplier } from './save-place.ts'
import { tellStock } from './tell-stock.ts'

/** Suppliers who send to our customers: their terms, and what they have. */
export const supplierPlaceRoutes: Routes = (app, services) => {
  implement(app, services, 'listSupplierPlaces', endpoints.listSupplierPlaces, async (ctx) => ({
    items: await readSupplierPlaces(ctx, ctx.db),
  }))

  implement(app, services, 'createSupplierPlace', endpoints.createSupplierPlace, (ctx, { body }) =>
    command(ctx, async (tx) => readOne(ctx, tx, await createSupplierPlace(ctx, tx, body))),
  )

  implement(app, services, 'updateSupplierPlace', endpoints.updateSupplierPlace, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await updateSupplier(ctx, tx, params.placeId, body)
      return readOne(ctx, tx, params.placeId)
    }),
  )

  implement(app, services, 'tellSupplierStock', endpoints.tellSupplierStock, (ctx, { params, body }) =>
    command(ctx, (tx) => tellStock(ctx, tx, params.placeId, body)),
  )
}

async function readOne(ctx: Ctx, tx: Tx, placeId: string): Promise<SupplierPlace> {
  const [place] = await readSupplierPlaces(ctx, tx, [placeId])
  assert(place, 'the place was just written')
  return place
}
