import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { noCosts, putLegalEntity, putChannel, putSite, writeCosts } from '../modules/channels/public.ts'
import { listPlaces, putPlace } from '../modules/inventory/public.ts'
import { putPriceList, setChannelPriceLists, setDeliveryFees } from '../modules/pricing/public.ts'
import { demoChannels } from './channels.ts'
import type { DemoStage } from './demo-stage.ts'
import { openingDay } from './past-years.ts'
import { demoShops, siteOfShop, warehouse } from './sites.ts'

/** Shops, warehouse, places of stock, channels and what they charge. */
export async function openCompany({ app, today }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    const sizes = new Map(demoShops.map((shop) => [shop.code, shop.size]))
    const placeIds = new Map((await listPlaces(tx)).map((place) => [place.code, place.id]))
    const siteIds = new Map<string, string>()
    for (const input of [warehouse, ...demoShops.map(siteOfShop)]) {
      const site = await putSite(ctx, tx, input)
      siteIds.set(site.code, site.id)
      const isShop = site.kind === 'shop'
      await putPlace(ctx, tx, {
        id: placeIds.get(site.code) ?? ctx.ids.next(),
        code: site.code,
        name: isShop ? `Réserve ${site.locality}` : 'Entrepôt',
        siteId: site.id,
        // Large shops also send parcels, for what the warehouse no longer has.
        shipsParcels: !isShop || sizes.get(site.code) === 'large',
        offersPickup: isShop,
        priority: isShop ? 50 : 10,
      })
    }
    await putLegalEntity(ctx, tx, {
      name: 'Alizé Cycles et Plein Air SAS',
      siren: '917382640',
      siret: '91738264000014',
      vatNumber: 'FR09917382640',
      email: 'achats@alize.example',
      address: {
        name: 'Alizé',
        street: '12 boulevard des Docks',
        postalCode: '44600',
        locality: 'Saint-Nazaire',
        country: 'FR',
      },
    })
    await putPriceList(ctx, tx, { code: 'public', name: { fr: 'Tarif public', en: 'Public prices' } })
    await putPriceList(ctx, tx, {
      code: 'automne-nantes',
      name: { fr: 'Semaines vélo de Nantes', en: 'Nantes cycling weeks' },
    })
    // First without hand-offs: two channels may hand over to each other.
    for (const channel of demoChannels)
      await putChannel(ctx, tx, {
        ...channel,
        handsOffTo: [],
        siteIds: channel.siteCodes.map((code) => siteIds.get(code) ?? ''),
      })
    for (const channel of demoChannels) {
      await putChannel(ctx, tx, {
        ...channel,
        siteIds: channel.siteCodes.map((code) => siteIds.get(code) ?? ''),
        costs: { ...channel.costs, fixedPerMonthMinor: 0 },
      })
      // Rents and wages are told from the day a channel sold on.
      const terms = { ...noCosts, ...channel.costs }
      await writeCosts(ctx, tx, { code: channel.code, validFrom: openingDay(channel.code, today), terms })
      await setChannelPriceLists(ctx, tx, { channelCode: channel.code, listCodes: channel.priceLists })
      if (channel.delivery.length > 0)
        await setDeliveryFees(ctx, tx, { channelCode: channel.code, fees: channel.delivery })
    }
  })
}
