import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SourcingPolicy } from '@ecluse/contracts/sourcing.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { defaultPolicy, usualSetting } from './domain/sourcing-terms.ts'
import { selectPolicies, selectSourcedPlaces, type PolicyRow } from './queries/sourcing.ts'
import { saveSourcing } from './save-sourcing.ts'

const versionsShown = 100

/** The rules of sourcing: what is in force, who changed them, and putting new ones into force. */
export const sourcingRoutes: Routes = (app, services) => {
  implement(app, services, 'getSourcingPolicy', endpoints.getSourcingPolicy, async (ctx) => {
    const [row] = await selectPolicies(ctx.db, 1)
    return viewOf(ctx, row)
  })

  implement(app, services, 'listSourcingVersions', endpoints.listSourcingVersions, async (ctx) => {
    const rows = await selectPolicies(ctx.db, versionsShown)
    return { items: await Promise.all(rows.map((row) => viewOf(ctx, row))) }
  })

  implement(app, services, 'saveSourcingPolicy', endpoints.saveSourcingPolicy, (ctx, { body }) =>
    command(ctx, async (tx) => viewOf(ctx, await saveSourcing(ctx, tx, body))),
  )
}

/** Every place is named, those nobody has set with what is usual for them. */
async function viewOf(ctx: Ctx, row: PolicyRow | undefined): Promise<SourcingPolicy> {
  const { rules, settings } = row ?? defaultPolicy
  const places = await selectSourcedPlaces(ctx.db, ctx.clock.now())
  const known = new Map(settings.places.map((setting) => [setting.placeId, setting]))
  return {
    version: row?.version ?? 0,
    changedAt: row?.changed_at.toISOString() ?? null,
    changedBy: row?.actor ?? null,
    note: row?.note ?? null,
    rules: [...rules],
    settings: {
      ...settings,
      places: places.map((place) => known.get(place.id) ?? usualSetting(place.id, place.siteKind)),
    },
  }
}
