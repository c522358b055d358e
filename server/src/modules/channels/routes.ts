import type { Channel, ChannelCost, PublicChannel } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { putLegalEntity, readLegalEntity } from './legal-entity.ts'
import { selectChannels } from './queries/channels.ts'
import { selectCosts } from './queries/costs.ts'
import { selectSites } from './queries/sites.ts'
import { writeCosts } from './write-costs.ts'

export const channelRoutes: Routes = (app, services) => {
  implement(app, services, 'listChannels', endpoints.listChannels, async (ctx) => ({
    items: (await selectChannels(ctx.db, null)).filter((channel) => channel.active).map(publicChannel),
  }))

  implement(app, services, 'listSites', endpoints.listSites, async (ctx) => ({
    // Who supplies us is for staff alone.
    items: (await selectSites(ctx.db, null)).filter(({ kind }) => kind !== 'supplier' || ctx.actor.kind === 'staff'),
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
    items: await selectChannels(ctx.db, null, ctx.clock.now().toISOString().slice(0, 10)),
  }))

  implement(app, services, 'listCostsOfChannel', endpoints.listCostsOfChannel, (ctx, { params: { code } }) =>
    costsOf(ctx.db, code),
  )
  implement(app, services, 'putCostsOfChannel', endpoints.putCostsOfChannel, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await writeCosts(ctx, tx, { ...params, terms: body })
      return costsOf(tx, params.code)
    }),
  )
  implement(app, services, 'deleteCostsOfChannel', endpoints.deleteCostsOfChannel, (ctx, { params }) =>
    command(ctx, async (tx) => {
      await writeCosts(ctx, tx, { ...params, terms: null })
      return costsOf(tx, params.code)
    }),
  )
}

/** @throws channels.not_found */
async function costsOf(db: Queryable, code: string): Promise<{ items: ChannelCost[] }> {
  const items = (await selectCosts(db, code)).map(({ cost }) => cost)
  if (items.length === 0) throw refuse('channels.not_found', { code })
  return { items }
}

/** What a shopper may know: neither costs nor circuit. */
function publicChannel({ costs: _costs, circuit: _circuit, ...known }: Channel): PublicChannel {
  return known
}
