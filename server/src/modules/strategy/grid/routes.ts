import { channelGridEndpoints as endpoints } from '@ecluse/contracts/channel-grid.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { readGrid } from './read-grid.ts'
import { solveMix } from './solve-mix.ts'
import { restoreGrid, writeGrid } from './write-grid.ts'

/** The grid of channels: scores, weights, judgements, versions, and the best mix. */
export const gridRoutes: Routes = (app, services) => {
  implement(app, services, 'getChannelGrid', endpoints.getChannelGrid, (ctx) => readGrid(ctx, ctx.db))

  implement(app, services, 'putChannelGrid', endpoints.putChannelGrid, async (ctx, { body }) => {
    await command(ctx, (tx) => writeGrid(ctx, tx, body))
    return readGrid(ctx, ctx.db)
  })

  implement(app, services, 'restoreChannelGrid', endpoints.restoreChannelGrid, async (ctx, { body }) => {
    await command(ctx, (tx) => restoreGrid(ctx, tx, body))
    return readGrid(ctx, ctx.db)
  })

  implement(app, services, 'solveChannelMix', endpoints.solveChannelMix, (ctx, { body }) => solveMix(ctx, body))
}
