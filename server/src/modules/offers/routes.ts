import type { Product } from '@ecluse/contracts/catalog.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { keepAnswers } from '../../kernel/http/kept-answers.ts'
import type { ProductWrite } from '../catalog/public.ts'
import { createOfferAnswers } from './answer-offers.ts'
import { productToEdit } from './edit-product.ts'
import { listCatalogProducts } from './list-catalog-products.ts'
import type { OfferModel } from './read-model.ts'
import { previewPrices } from './preview-prices.ts'
import { saveProduct } from './save-products.ts'

const mebibyte = 1024 * 1024

/** What channels sell, and the products behind it: both need the read model. */
export function offerRoutes({ model }: { model: OfferModel }): Routes {
  return (app, services) => {
    const answers = createOfferAnswers(services, model)

    const lists = keepAnswers(12 * mebibyte)
    implement(
      app,
      services,
      'listOffers',
      endpoints.listOffers,
      async (_ctx, { query }, http) => lists.send(await answers.list(query), http),
      lists,
    )

    const pages = keepAnswers(24 * mebibyte)
    implement(
      app,
      services,
      'getOffer',
      endpoints.getOffer,
      async (_ctx, { params, query }, http) =>
        pages.send(await answers.product({ ...query, handle: params.handle }), http),
      pages,
    )

    implement(app, services, 'suggestOffers', endpoints.suggestOffers, async (_ctx, { query }) =>
      answers.suggest(query),
    )

    implement(app, services, 'findOfferByGtin', endpoints.findOfferByGtin, async (_ctx, { params, query }) =>
      answers.byCode({ ...query, code: params.code }),
    )

    implement(app, services, 'previewPriceEntry', endpoints.previewPriceEntry, (ctx, { params, body }) =>
      previewPrices(ctx, model, params.code, body),
    )

    implement(app, services, 'listCatalogProducts', endpoints.listCatalogProducts, async (ctx, { query }) =>
      listCatalogProducts(ctx, model, query),
    )

    implement(app, services, 'getCatalogProduct', endpoints.getCatalogProduct, async (ctx, { params }) =>
      productToEdit(ctx.db, params.productId),
    )

    implement(app, services, 'createProduct', endpoints.createProduct, async (ctx, { body }) =>
      save(ctx, model, { input: body, expect: { kind: 'new' } }),
    )

    implement(app, services, 'updateProduct', endpoints.updateProduct, async (ctx, { params, query, body }) =>
      save(ctx, model, {
        input: body,
        expect: { kind: 'existing', productId: params.productId, revision: query.revision },
      }),
    )
  }
}

async function save(ctx: Ctx, model: OfferModel, write: ProductWrite): Promise<Product> {
  const product = await command(ctx, async (tx) => {
    const { productId } = await saveProduct(ctx, tx, write)
    return productToEdit(tx, productId)
  })
  // Who saved sees it in the list at once, ahead of the events.
  await model.refresh({ productIds: [product.id] })
  return product
}
