import type { z } from 'zod'
import type { PlaceSetting } from '@ecluse/contracts/sourcing.ts'
import type { supplierPlaceEndpoints } from '@ecluse/contracts/supplier-places.ts'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { text } from '../../../kernel/messages.ts'
import { putSite, siteById } from '../../channels/public.ts'
import { placesOfCodes } from '../postal-places.ts'
import { policyInForce } from '../load-sourcing.ts'
import { putPlace } from '../put-place.ts'
import { selectPlaces } from '../queries/stock.ts'
import {
  insertSupplierPlace,
  keepSupplierEmail,
  renameSupplier,
  selectCodesLike,
  selectSupplierPlace,
  updateSupplierPlace,
} from '../queries/supplier-places.ts'
import { saveSourcing } from '../save-sourcing.ts'

type Input = z.output<typeof supplierPlaceEndpoints.createSupplierPlace.body>

/** Own places come first where plans are equal. */
const priority = 900

/**
 * Declares that a supplier sends to our customers: a site only staff know of, a place where what they have lies, and what the rules
 * of sourcing must know of it.
 * @returns the place's id
 * @throws inventory.supplier_known, inventory.sourcing_changed_meanwhile
 */
export async function createSupplierPlace(ctx: Ctx, tx: Tx, input: Input): Promise<string> {
  const { supplierName } = input
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  await keepSupplierEmail(tx, supplierName, input.email, now, by)
  const code = await freeCode(tx, supplierName)
  const placeId = ctx.ids.next()
  const site = await putSite(ctx, tx, { code, ...(await siteOf(tx, input)) })
  await putPlace(ctx, tx, placeRow(placeId, code, site.id, supplierName, input))
  const row = { place_id: placeId, supplier_name: supplierName, locale: input.locale, sends_orders: input.sendsOrders }
  if (!(await insertSupplierPlace(tx, row, now, by))) throw refuse('inventory.supplier_known')
  await saveSetting(ctx, tx, placeId, supplierName, input)
  return placeId
}

/**
 * Changes the terms of a supplier. Its orders go by its new name when that changes: they are still to be found.
 * @throws inventory.place_not_found, inventory.supplier_known, inventory.sourcing_changed_meanwhile
 */
export async function updateSupplier(ctx: Ctx, tx: Tx, placeId: string, input: Input): Promise<void> {
  const known = await selectSupplierPlace(tx, placeId)
  const place = (await selectPlaces(tx)).find(({ id }) => id === placeId)
  const site = place && (await siteById(tx, place.siteId))
  if (!known || !place || !site) throw refuse('inventory.place_not_found')
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  const name = input.supplierName
  if (name !== known.supplier_name && !(await renameSupplier(tx, known.supplier_name, name)))
    throw refuse('inventory.supplier_known')
  await keepSupplierEmail(tx, name, input.email, now, by)
  await putSite(ctx, tx, { code: site.code, ...(await siteOf(tx, { ...input, supplierName: name })) })
  await putPlace(ctx, tx, placeRow(placeId, place.code, site.id, name, input))
  const row = { place_id: placeId, locale: input.locale, sends_orders: input.sendsOrders }
  await updateSupplierPlace(tx, row, now, by)
  await saveSetting(ctx, tx, placeId, name, input)
}

const placeRow = (id: string, code: string, siteId: string, name: string, { ships }: Input) => ({
  id,
  code,
  name,
  siteId,
  shipsParcels: ships,
  offersPickup: false,
  priority,
})

/** Where the supplier is: as far as its postal code tells, for the distance of its parcels. */
async function siteOf(tx: Tx, { supplierName, address }: Pick<Input, 'supplierName' | 'address'>) {
  const [found] = (await placesOfCodes(tx, [{ code: address.postalCode, country: address.country }])).values()
  return {
    kind: 'supplier' as const,
    name: supplierName,
    ...address,
    latitude: found?.latitude ?? null,
    longitude: found?.longitude ?? null,
    phone: null,
    timeZone: 'Europe/Paris',
    openingHours: [],
    offersPickup: false,
    pickupReadyMinutes: 0,
  }
}

/** Writes the supplier's terms into the rules of sourcing: a new version, when they change anything. */
async function saveSetting(ctx: Ctx, tx: Tx, placeId: string, name: string, input: Input): Promise<void> {
  const { version, rules, settings } = await policyInForce(tx)
  const setting: PlaceSetting = {
    placeId,
    kind: 'supplier',
    ownerConsents: false,
    marginKeptBasisPoints: input.marginKeptBasisPoints,
    dailyCapacity: input.dailyCapacity,
    handlingMinutes: 0,
    handlingMinorPerUnit: input.handlingMinorPerUnit,
    cutOff: input.cutOff,
    leadDays: input.leadDays,
    parcelMinor: input.parcelMinor,
  }
  const before = settings.places.find((place) => place.placeId === placeId)
  if (before && (Object.keys(setting) as (keyof PlaceSetting)[]).every((key) => before[key] === setting[key])) return
  const places = [...settings.places.filter((place) => place.placeId !== placeId), setting]
  await saveSourcing(ctx, tx, {
    basedOn: version,
    note: text(ctx.locale, 'sourcing.supplier_terms', { name }),
    rules: [...rules],
    settings: { ...settings, places },
  })
}

/** A code for the place of a supplier that no place and no site has. */
async function freeCode(tx: Tx, name: string): Promise<string> {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 30)
      .replace(/-+$/, '') || 'supplier'
  const taken = await selectCodesLike(tx, base)
  if (!taken.has(base)) return base
  for (let number = 2; number < 10_000; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`
  assert(false, 'a code is free')
}
