import { expect, test } from 'vitest'
import { pickupSites } from '../public.ts'

const sites = new Map([
  ['nantes', { offersPickup: true }],
  ['lyon', { offersPickup: true }],
  ['depot', { offersPickup: false }],
])
const channel = { siteIds: ['nantes', 'depot', 'closed'], sellsPickup: true }

test('goods are picked up at the channel’s own sites that offer it and have a shelf for it', () => {
  expect([...pickupSites(channel, sites, () => true)]).toEqual(['nantes'])
  expect([...pickupSites(channel, sites, (id) => id !== 'nantes')]).toEqual([])
  expect([...pickupSites({ ...channel, sellsPickup: false }, sites, () => true)]).toEqual([])
  expect([...pickupSites({ ...channel, siteIds: ['lyon', 'nantes'] }, sites, () => true)]).toEqual(['lyon', 'nantes'])
})
