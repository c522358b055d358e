import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { fileProductInput } from '../small-shop.ts'
import { address, atOnce, contact, onceOnly, pick, someLines, type Theme, type World } from './world.ts'

/** A guide is sold as a file, three times at the most. */
async function sellFile(world: World): Promise<void> {
  const { app, staff } = world
  const product = await staff(endpoints.createProduct, { body: fileProductInput('guide') })
  const variantId = product.variants[0]?.id ?? ''
  const form = new FormData()
  form.append('label', 'Guide')
  form.append('file', new File(['un guide'], 'guide.pdf', { type: 'application/pdf' }))
  const body = new Response(form)
  await app.fastify.inject({
    method: 'POST',
    url: `/api/v1/catalog/variants/${variantId}/files`,
    headers: { ...world.staffHeaders, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  await app.wiring.relay.drain()
  await staff(endpoints.setLicences, { params: { variantId }, body: { limit: 3 } })
  await app.wiring.relay.drain()
  await app.wiring.model.refresh()
  world.files.push(variantId)
}

/** Files alone or among goods, at once or when the time to withdraw is over; two want the last licence. */
async function buyFile(world: World): Promise<void> {
  const [variantId = ''] = world.files
  const alone = world.rng.below(2) === 0
  const ask = () =>
    world.visitor(endpoints.placeOrder, {
      body: {
        channel: 'web',
        lines: [{ variantId, quantity: 1 }, ...(alone ? [] : someLines(world).slice(0, 1))],
        contact,
        delivery: alone ? { method: 'download' } : { method: 'delivery', address },
        payments: [{ method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_challenge']) }],
        ...(world.rng.below(2) === 0 ? { downloadConsent: { version: '2026-11' } } : {}),
      },
    })
  for (const placed of await atOnce([ask(), ask()])) {
    world.orders.push(placed)
    world.downloads.push(placed)
  }
}

/** Files that are sold like goods, and given by signed links. */
export const downloads: Theme = {
  open: sellFile,
  acts: [
    { name: 'buy a file', perform: buyFile },
    { name: 'buy a file', perform: buyFile },
    {
      name: 'see to a file',
      async perform(world) {
        if (world.downloads.length === 0) return
        const { orderId, accessToken: token } = pick(world, world.downloads)
        const { items } = await world.visitor(endpoints.getDownloads, { params: { orderId }, query: { token } })
        const [line] = items
        if (!line) return
        const params = { orderId, lineId: line.lineId }
        const body = { reason: 'simulation' }
        const refund = () => world.staff(endpoints.refundDownload, { params, body })
        const renew = () => world.staff(endpoints.renewDownload, { params })
        const revoke = () => world.staff(endpoints.revokeDownload, { params, body })
        if (world.rng.below(2) === 0) await onceOnly(world, refund, 'one file was refunded twice')
        else await atOnce([refund(), pick(world, [renew, revoke])()])
      },
    },
  ],
}
