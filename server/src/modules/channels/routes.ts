import type { Channel, PublicChannel } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { putLegalEntity, readLegalEntity } from './legal-entity.ts'
import { selectChannels } from './queries/channels.ts'
import { selectSites } from './queries/sites.ts'

export const channelRoutes: Routes = (app, services) => {
  implement(app, services, 'listChannels', endpoints.listChannels, async (ctx) => ({
    items: (await selectChannels(ctx.db, null)).filter((channel) => channel.active).map(publicChannel),
  }))

  implement(app, services, 'listSites', endpoints.listSites, async (ctx) => ({
    items: await selectSites(ctx.db, null),
    returnDays: ctx.config.returnDays,
  }))

  implement(app, services, 'getLegalEntity', endpoints.getLegalEntity, async (ctx) => ({
    entity: await readLegalEntity(ctx.db),
  }))
  implement(app, services, 'putLegalEntity', endpoints.putLegalEntity, (ctx, { body }) =>
    command(ctx, async (tx) => {
      await putLegalEntity(ctx, tx, body)
      return { entity: await readLegalEntity(tx) }
    }),
  )

  implement(app, services, 'listChannelCosts', endpoints.listChannelCosts, async (ctx) => ({
    items: await selectChannels(ctx.db, null),
  }))
}

/** What a shopper may know: neither costs nor circuit. */
function publicChannel({ costs: _costs, circuit: _circuit, ...known }: Channel): PublicChannel {
  return known
}
