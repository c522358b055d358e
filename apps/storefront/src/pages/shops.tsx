/** @jsxRuntime automatic @jsxImportSource preact */
import type { Service } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { drawMap } from '@ecluse/ui/drawing/france.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { formatMinutes } from '@ecluse/ui/format.ts'
import { absolute, show } from '../document.tsx'
import { Crumbs, crumbsData } from '../parts/crumbs.tsx'
import { Icon } from '../parts/icon.tsx'
import { Markup } from '../parts/markup.tsx'
import { localTime, openingOf, openingWords, weekdayName } from '../parts/opening.ts'
import { addresses, addressOf } from '../paths.ts'
import { link, type Visit } from '../visit.ts'
import { frontPath } from './drawn-files.ts'
import { notFound } from './not-found.tsx'

const isShop = (site: Site): boolean => site.kind === 'shop'

export async function shopsPage(visit: Visit) {
  const { t } = visit
  const sites = (await visit.shared.sites(visit.call)).filter(isShop)
  const sorted = [...sites].sort((a, b) => a.locality.localeCompare(b.locality, visit.locale))
  return show(visit, {
    title: t('shops.title'),
    description: t('shops.description'),
    alternates: addresses.shops,
    body: (
      <>
        <Crumbs visit={visit} trail={[]} current={t('shops.title')} />
        <div class="list-head">
          <h1 class="editorial">{t('shops.title')}</h1>
          <p class="lead">{t('shops.lead')}</p>
        </div>
        <div class="map-layout">
          <ShopMap visit={visit} sites={sorted} />
          <ul class="shop-cards">
            {sorted.map((site) => (
              <li key={site.id} class="shop-card">
                <h2>
                  <a href={link(visit, 'shop', { code: site.code })}>{site.name}</a>
                </h2>
                <p class="muted">
                  {site.street}
                  <br />
                  {site.postalCode} {site.locality}
                </p>
                <p class={openingOf(site, visit.now).open ? 'open-now' : 'closed-now'}>{openingWords(visit, site)}</p>
              </li>
            ))}
          </ul>
        </div>
      </>
    ),
  })
}

/** France with the shops on it; what it says is in the list beside it too. */
function ShopMap({ visit, sites, chosen }: { visit: Visit; sites: Site[]; chosen?: string }) {
  const points = sites.flatMap(({ code, locality, latitude, longitude }) =>
    latitude === null || longitude === null
      ? []
      : [{ latitude, longitude, chosen: code === chosen, ...(chosen && code !== chosen ? {} : { label: locality }) }],
  )
  const title = visit.t('shops.map')
  return <Markup tag="div" class="map" html={drawMap(points, { title })} />
}

export async function shopPage(visit: Visit) {
  const { t } = visit
  const sites = await visit.shared.sites(visit.call)
  const site = sites.filter(isShop).find((one) => one.code === visit.params.code)
  if (!site) return notFound(visit)
  const { items } = await visit.call(endpoints.listServices, { query: { locale: visit.locale } })
  const services = items.filter(({ active, siteIds }) => active && siteIds.includes(site.id))
  const { name, street, postalCode, locality, code } = site
  const trail = [{ name: t('shops.title'), href: link(visit, 'shops') }]
  return show(visit, {
    title: name,
    description: t('shops.page_description', { name, street, postalCode, locality }),
    alternates: { fr: addressOf('shop', 'fr', { code }), en: addressOf('shop', 'en', { code }) },
    jsonLd: [storeData(visit, site), crumbsData(visit, [...trail, { name, href: link(visit, 'shop', { code }) }])],
    body: (
      <>
        <Crumbs visit={visit} trail={trail} current={name} />
        <ShopView visit={visit} site={site} sites={sites.filter(isShop)} services={services} />
      </>
    ),
  })
}

function storeData(visit: Visit, site: Site): object {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
  return {
    '@context': 'https://schema.org',
    '@type': 'BikeStore',
    name: site.name,
    url: absolute(visit, link(visit, 'shop', { code: site.code })),
    ...(site.phone ? { telephone: site.phone } : {}),
    address: {
      '@type': 'PostalAddress',
      streetAddress: site.street,
      postalCode: site.postalCode,
      addressLocality: site.locality,
      addressCountry: site.country,
    },
    ...(site.latitude !== null && site.longitude !== null
      ? { geo: { '@type': 'GeoCoordinates', latitude: site.latitude, longitude: site.longitude } }
      : {}),
    openingHoursSpecification: site.openingHours.map((span) => ({
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: `https://schema.org/${days[span.weekday - 1]}`,
      opens: span.opens,
      closes: span.closes,
    })),
  }
}

type ShopProps = { visit: Visit; site: Site; sites: Site[]; services: readonly Service[] }

function ShopView({ visit, site, sites, services }: ShopProps) {
  const { t, locale } = visit
  return (
    <article class="shop">
      <div class="shop-words">
        <h1 class="editorial">{site.name}</h1>
        <p class={openingOf(site, visit.now).open ? 'open-now' : 'closed-now'}>{openingWords(visit, site)}</p>
        <h2>{t('shops.contact')}</h2>
        <address>
          {site.street}
          <br />
          {site.postalCode} {site.locality}
          {site.phone && (
            <>
              <br />
              <a class="with-icon" href={`tel:${site.phone.replace(/[^+\d]/g, '')}`}>
                <Icon name="phone" size={18} /> {formatPhone(site.phone, locale)}
              </a>
            </>
          )}
        </address>
        {site.offersPickup && <p>{t('shops.pickup', { span: formatMinutes(site.pickupReadyMinutes, locale) })}</p>}
        <p>
          <a class="button primary" href={link(visit, 'catalogue', {}, { shop: site.code })}>
            {t('shops.stock')}
          </a>
        </p>
        {services.length > 0 && (
          <>
            <h2>{t('appointments.title')}</h2>
            <ul>
              {services.map(({ code, name }) => (
                <li key={code}>
                  <a href={link(visit, 'book', { service: code }, { shop: site.code })}>{name[locale] || name.fr}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div class="shop-pictures">
        <img class="shop-front" src={frontPath(site.code)} alt="" width={1200} height={900} />
      </div>
      <div class="shop-hours">
        <h2>{t('shops.hours')}</h2>
        <Hours visit={visit} site={site} />
      </div>
      <ShopMap visit={visit} sites={sites} chosen={site.code} />
    </article>
  )
}

function Hours({ visit, site }: { visit: Visit; site: Site }) {
  const today = localTime(visit.now, site.timeZone).weekday
  return (
    <table class="hours">
      <tbody>
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
          const spans = site.openingHours.filter((span) => span.weekday === weekday)
          return (
            <tr key={weekday} class={weekday === today ? 'today' : ''}>
              <th scope="row">{weekdayName(visit, weekday)}</th>
              <td>
                {spans.length === 0
                  ? visit.t('shops.hours_closed')
                  : spans.map((span) => `${span.opens} – ${span.closes}`).join(', ')}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
