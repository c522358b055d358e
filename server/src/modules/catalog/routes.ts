import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { publicCategory, putCategory } from './put-category.ts'
import { selectCategories } from './queries/categories.ts'

export const catalogRoutes: Routes = (app, services) => {
  implement(app, services, 'listCategories', endpoints.listCategories, async (ctx) => ({
    items: (await selectCategories(ctx.db)).map(publicCategory),
  }))

  implement(app, services, 'putCategory', endpoints.putCategory, async (ctx, { params, body }) =>
    command(ctx, (tx) => putCategory(ctx, tx, { code: params.code, ...body })),
  )
}
