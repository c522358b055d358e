import type { z } from 'zod'
import type { sourcingEndpoints } from '@ecluse/contracts/sourcing.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { policyInForce } from './load-sourcing.ts'
import { insertPolicy, selectSourcedPlaces, type PolicyRow } from './queries/sourcing.ts'

type Input = z.output<typeof sourcingEndpoints.saveSourcingPolicy.body>

/**
 * Puts new rules of sourcing into force, as a new version. Orders placed before keep the rules they were placed by.
 * @throws inventory.sourcing_changed_meanwhile, inventory.place_not_found
 */
export async function saveSourcing(ctx: Ctx, tx: Tx, input: Input): Promise<PolicyRow> {
  const { version } = await policyInForce(tx)
  if (version !== input.basedOn) throw refuse('inventory.sourcing_changed_meanwhile', { version })
  const now = ctx.clock.now()
  const places = new Set((await selectSourcedPlaces(tx, now)).map(({ id }) => id))
  if (input.settings.places.some(({ placeId }) => !places.has(placeId))) throw refuse('inventory.place_not_found')
  const { rules, settings, note } = input
  const row = { version: version + 1, rules, settings, note, actor: actorLabel(ctx.actor), changed_at: now }
  if (!(await insertPolicy(tx, row))) throw refuse('inventory.sourcing_changed_meanwhile', { version: version + 1 })
  await publish(tx, ctx, [
    {
      type: 'inventory.sourcing_changed',
      version: 1,
      // Each version is an event of its own.
      aggregateId: ctx.ids.next(),
      payload: { version: row.version },
    },
  ])
  return row
}
