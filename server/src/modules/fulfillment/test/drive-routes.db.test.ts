import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { drawDayRoutes, makeComingWindows } from '../jobs/keep-deliveries.ts'
import { createWindowShop } from './window-shop.ts'

const { clock, ctx, settle, staff, placeId, windowAt, buyIn } = await createWindowShop()

test('routes are drawn, driven, and the promise is measured', async () => {
  clock.set('2026-05-05T09:00:00Z')
  await makeComingWindows.run(ctx, {})
  const date = '2026-05-07'
  const windows = await Promise.all(['08:00', '10:00', '14:00'].map((time) => windowAt(date, time)))
  const doors = [
    { latitude: 47.22, longitude: -1.55 },
    { latitude: 47.205, longitude: -1.54 },
    { latitude: 47.231, longitude: -1.57 },
    { latitude: 47.21, longitude: -1.6 },
  ]
  for (const [index, coordinates] of doors.entries()) await buyIn(windows[index % 3] ?? '', { coordinates })
  await settle()
  const asked = await staff(endpoints.planDay, { params: { placeId, date } })
  expect(asked.progress).toBe(0)
  await drawDayRoutes.run(ctx, { placeId, date, slices: 20 })
  const drawn = await staff(endpoints.getRoutes, { params: { placeId, date } })
  expect(drawn).toMatchObject({ progress: null, unserved: [] })
  expect(drawn.routes).toHaveLength(1)
  const [route] = drawn.routes
  const stops = route?.stops ?? []
  expect(stops).toHaveLength(4)
  expect(
    stops.every(({ plannedAt, startsAt, endsAt }) => plannedAt && plannedAt >= startsAt && plannedAt < endsAt),
  ).toBe(true)
  // The day has come; the vehicle leaves, and what it carries leaves the stock.
  clock.set('2026-05-07T06:00:00Z')
  const params = { placeId, date }
  const left = await staff(endpoints.departRoute, { params, body: { vehicleId: route?.vehicleId ?? '' } })
  expect(left.routes[0]?.stops.map(({ state }) => state)).toEqual(stops.map(() => 'on_the_road'))
  const shipped = await staff(endpoints.getOrder, { params: { orderId: stops[0]?.orderId ?? '' }, query: {} })
  expect(shipped.fulfillmentState).toBe('fulfilled')
  // One in time, one late, one not at all, one still open.
  const record = (index: number, at: string, body: object) => {
    clock.set(at)
    return staff(endpoints.recordStop, {
      params: { ...params, stopId: stops[index]?.id ?? '' },
      body: { outcome: 'delivered', at, ...body },
    })
  }
  await record(0, new Date(Date.parse(stops[0]?.startsAt ?? '') + 600_000).toISOString(), {})
  await record(1, new Date(Date.parse(stops[1]?.endsAt ?? '') + 600_000).toISOString(), {})
  await expect(record(2, '2026-05-07T10:30:00.000Z', { outcome: 'failed' })).rejects.toMatchObject({
    problem: { code: 'fulfillment.reason_required' },
  })
  await record(2, '2026-05-07T10:30:00.000Z', { outcome: 'failed', reason: 'Absent' })
  await expect(
    staff(endpoints.recordStop, {
      params: { ...params, stopId: stops[3]?.id ?? '' },
      body: { outcome: 'delivered', at: '2026-05-07T18:00:00Z' },
    }),
  ).rejects.toMatchObject({ problem: { code: 'fulfillment.not_yet' } })
  const kept = await staff(endpoints.getKeptPromises, { query: { from: date, until: date, by: 'week' } })
  expect(kept.total).toEqual({ promised: 4, kept: 1, late: 1, failed: 1, open: 1 })
  expect(kept.items[0]?.date).toBe('2026-05-04')
  const undone = await record(1, '2026-05-07T10:31:00.000Z', { outcome: 'undone' })
  expect(undone.routes[0]?.stops[1]).toMatchObject({ state: 'on_the_road', doneAt: null, late: true })
})
