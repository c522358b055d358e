import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import type { Queryable } from '../../kernel/db.ts'
import { listCategories } from '../catalog/public.ts'
import { listChannels, listSites, pickupSites } from '../channels/public.ts'
import { listPriceLists, loadChannelLists, loadDeliveryFees, publicList } from '../pricing/public.ts'
import type { ModelChannel, ModelShop, ModelTerms } from './domain/model.ts'
import { columnMask } from './domain/variant-table.ts'
import type { DeliveryTerms, SellingChannel, StockPlace } from './domain/sellable.ts'
import type { AdvanceRules, ChannelBuffers, SourcingDesk } from '../inventory/public.ts'

/** What the inventory knows, injected so that this module need not know how. */
export type StockSource = {
  loadAvailability(
    db: Queryable,
    variantIds?: readonly string[],
  ): Promise<readonly { variantId: string; placeId: string; available: number; onHand: number }[]>
  listPlaces(db: Queryable): Promise<readonly StockPlace[]>
  loadSourcing(db: Queryable, now: Date): Promise<SourcingDesk>
  /** By channel code. */
  loadBuffers(db: Queryable): Promise<ReadonlyMap<string, ChannelBuffers>>
  /** By channel code and article. */
  loadAdvanceSales(db: Queryable): Promise<ReadonlyMap<string, ReadonlyMap<string, AdvanceRules>>>
}

/** Reads everything of the read model but products: small, and seldom changed. */
export async function loadTerms(
  db: Queryable,
  source: Omit<StockSource, 'loadAvailability'>,
  now: Date,
  epoch: number,
  columnOf: (placeId: string) => number,
): Promise<ModelTerms> {
  const [channels, sites, places, lists, channelLists, fees, categories, sourcing, buffers, advance] =
    await Promise.all([
      listChannels(db),
      listSites(db),
      source.listPlaces(db),
      listPriceLists(db),
      loadChannelLists(db),
      loadDeliveryFees(db),
      listCategories(db),
      source.loadSourcing(db, now),
      source.loadBuffers(db),
      source.loadAdvanceSales(db),
    ])
  const listCodes = new Map(lists.map((list) => [list.id, list.code]))
  const siteById = new Map(sites.map((site) => [site.id, site]))
  const pickupShelves = new Set(places.filter((place) => place.offersPickup).map((place) => place.siteId))
  const selling = channels.filter((channel) => channel.sells && channel.active)
  const modelChannels = selling.map((channel): [string, ModelChannel] => {
    const own = channelLists.filter(({ channelId }) => channelId === channel.id)
    const terms = fees.filter(({ channelId }) => channelId === channel.id)
    const sellsPickup = terms.some(({ method }) => method === 'pickup')
    const base: SellingChannel = {
      id: channel.id,
      code: channel.code,
      medium: channel.medium,
      currency: 'EUR',
      siteIds: new Set(channel.siteIds),
      pickupSiteIds: pickupSites({ siteIds: channel.siteIds, sellsPickup }, siteById, (id) => pickupShelves.has(id)),
      deliveryTerms: new Map([
        ...terms.map(({ channelId: _id, ...fee }): [DeliveryTerms['method'], DeliveryTerms] => [fee.method, fee]),
        ['download', download] as const,
      ]),
      buffers: buffers.get(channel.code) ?? null,
      advance: advance.get(channel.code) ?? null,
    }
    const priceLists = own.length > 0 ? own.map(({ listId }) => listCodes.get(listId) ?? '') : [publicList]
    return [channel.code, { ...base, priceLists, ...stockOf(base, siteById, places, columnOf) }]
  })
  const childrenOf = new Map<string, string[]>()
  for (const { code, parentCode } of categories) {
    const siblings = childrenOf.get(parentCode ?? '')
    if (siblings) siblings.push(code)
    else childrenOf.set(parentCode ?? '', [code])
  }
  return {
    epoch,
    sourcing,
    ...reachOf([...buffers.values()]),
    channels: new Map(modelChannels),
    channelIds: new Map(channels.map((channel) => [channel.id, channel.code])),
    sites: siteById,
    sitesByCode: new Map(sites.map((site) => [site.code, site])),
    places,
    columns: places.map((place) => columnOf(place.id)),
    placesById: new Map(places.map((place) => [place.id, place])),
    categories: new Map(categories.map((category) => [category.code, category])),
    childrenOf,
    lineages: lineagesOf(categories),
    priceListNames: new Map(lists.map((list) => [list.code, list.name])),
  }
}

/** Files reach their buyer at once, and cost no carriage. */
const download: DeliveryTerms = {
  method: 'download',
  feeMinor: 0n,
  freeFromMinor: null,
  leadDaysMin: 0,
  leadDaysMax: 0,
}

/** How far what channels leave to others reaches: the most units, without end where shares of what lies there are left. */
function reachOf(buffers: readonly ChannelBuffers[]): Pick<ModelTerms, 'mostKept' | 'keepsShares'> {
  const rules = buffers.flatMap(({ variants, categories, all }) => [
    ...variants.values(),
    ...categories.values(),
    ...(all ? [all] : []),
  ])
  const keepsShares = rules.some(({ shareBasisPoints }) => shareBasisPoints > 0)
  return { keepsShares, mostKept: keepsShares ? Infinity : Math.max(0, ...rules.map(({ units }) => units)) }
}

function lineagesOf(categories: readonly Category[]): Map<string, string[]> {
  const parents = new Map(categories.map((category) => [category.code, category.parentCode]))
  return new Map(
    categories.map(({ code }) => {
      const lineage: string[] = []
      for (let above: string | null = code; above !== null; above = parents.get(above) ?? null) lineage.push(above)
      return [code, lineage]
    }),
  )
}

/**
 * Where a channel's stock lies: parcels leave from every place that ships, where the channel delivers; the shelves of its
 * own sites are sold from on the spot or by pick-up.
 */
function stockOf(
  channel: SellingChannel,
  sites: ReadonlyMap<string, Site>,
  places: readonly StockPlace[],
  columnOf: (placeId: string) => number,
): Pick<ModelChannel, 'deliveryColumns' | 'shops' | 'columns' | 'mask'> {
  const deliveryColumns = channel.deliveryTerms.has('delivery')
    ? places.filter((place) => place.shipsParcels).map((place) => columnOf(place.id))
    : []
  const downloadColumns = channel.deliveryTerms.has('download')
    ? places.filter((place) => place.downloads).map((place) => columnOf(place.id))
    : []
  const shops = [...channel.siteIds].flatMap((siteId): ModelShop[] => {
    const site = sites.get(siteId)
    const here = places.filter((place) => place.siteId === siteId && !place.downloads)
    if (!site || site.kind !== 'shop' || here.length === 0) return []
    const columns = here.map((place) => columnOf(place.id))
    return [{ site, columns, mask: columnMask(columns), offersPickup: channel.pickupSiteIds.has(siteId) }]
  })
  // What is downloaded is delivered too: only files lie there.
  deliveryColumns.push(...downloadColumns)
  const columns = [...new Set([...deliveryColumns, ...shops.flatMap((shop) => shop.columns)])]
  return { deliveryColumns, shops, columns, mask: columnMask(columns) }
}
