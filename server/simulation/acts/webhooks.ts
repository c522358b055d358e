import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { publicEvents } from '@ecluse/contracts/public-events.ts'
import sql from 'sql-template-tag'
import { query } from '../../src/kernel/db.ts'
import type { Theme, World } from './world.ts'

type Told = { readonly id: string; readonly aggregateId: string; readonly sequence: number }

/**
 * Somebody who is told what happens, and is not always well: one message in four is refused, some are cut off and some never answered,
 * until the end. Which ones is drawn from the message, for what is drawn from the seed must not depend on the network.
 */
function openReceiver(world: World): { server: Server; accepted: Told[] } {
  const accepted: Told[] = []
  const tried = new Map<string, number>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const told = JSON.parse(Buffer.concat(parts).toString('utf8')) as Told
      const times = (tried.get(told.id) ?? 0) + 1
      tried.set(told.id, times)
      const draw = Number.parseInt(told.id.slice(-4), 16) + 5 * times
      // The sender gives up; what hangs is tried again.
      if (!world.bank.healthy && draw % 64 === 33) return
      const chance = world.bank.healthy ? 15 : draw % 16
      if (chance === 0) return void request.socket.destroy()
      if (chance >= 4) accepted.push(told)
      return void response.writeHead(chance < 4 ? 503 : 204).end()
    })
  })
  return { server, accepted }
}

async function subscribe(world: World): Promise<void> {
  const { server, accepted } = openReceiver(world)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const before = new Set((await tellable(world)).map(nameOf))
  await world.staff(endpoints.createWebhook, { body: { url: `http://127.0.0.1:${port}/hook`, types: null } })
  world.closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  world.atTheEnd.push(async () => {
    const got = new Set(accepted.map(nameOf))
    const lost = (await tellable(world)).filter((event) => !before.has(nameOf(event)) && !got.has(nameOf(event)))
    return [...lost.map(({ type, id }) => `a webhook never got ${type} ${id}`), ...outOfOrder(accepted)]
  })
}

const nameOf = ({ aggregateId, sequence }: Pick<Told, 'aggregateId' | 'sequence'>) => `${aggregateId} ${sequence}`

/** Every event that a webhook is told of. */
function tellable({ ctx }: World): Promise<(Told & { type: string })[]> {
  return query(
    ctx.db,
    sql`select id, aggregate_id as "aggregateId", sequence, type from kernel.outbox where type = any(${Object.keys(publicEvents)})`,
  )
}

/** The first time each comes, it comes after those before it of its aggregate; again it may come at any time. */
function outOfOrder(accepted: readonly Told[]): string[] {
  const last = new Map<string, number>()
  const seen = new Set<string>()
  return accepted.flatMap((told) => {
    if (seen.has(nameOf(told))) return []
    seen.add(nameOf(told))
    const before = last.get(told.aggregateId) ?? 0
    last.set(told.aggregateId, Math.max(before, told.sequence))
    return told.sequence < before ? [`a webhook got ${told.id} after its successor`] : []
  })
}

/** Somebody else's machine is told of everything, and fails now and then. */
export const webhooks: Theme = { open: subscribe, acts: [] }
