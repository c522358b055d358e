/** @jsxRuntime automatic @jsxImportSource preact */
import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferCard } from '@ecluse/contracts/offers.ts'
import { learnCardPrices } from '../company-prices.ts'
import { absolute, show } from '../document.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { OfferGrid } from '../parts/offer-card.tsx'
import { openingOf, openingWords } from '../parts/opening.ts'
import { Picture } from '../parts/picture.tsx'
import { addresses } from '../paths.ts'
import { link, remember, type Visit } from '../visit.ts'
import { sceneDimensions, scenePath } from './drawn-files.ts'

const newCount = 8
const tileCount = 6
const shopCount = 4

type Tile = { category: Category; imageUrl: string | null; count: number }
type HomeData = { tiles: Tile[]; newest: OfferCard[] }

/** The home page's own reads, shared by all visitors of one language for a quarter of a minute. */
export function homeReads(channel: string): Record<Visit['locale'], (call: Client) => Promise<HomeData>> {
  const reads = (locale: Visit['locale']) => remember(15_000, (call: Client) => readHome(call, channel, locale))
  return { fr: reads('fr'), en: reads('en') }
}

async function readHome(call: Client, channel: string, locale: Visit['locale']): Promise<HomeData> {
  const [{ items: categories }, newest] = await Promise.all([
    call(endpoints.listCategories),
    call(endpoints.listOffers, { query: { channel, locale, sort: 'newest', inStock: 'true', limit: newCount } }),
  ])
  const tops = categories.filter((one) => one.parentCode === null).sort((a, b) => a.position - b.position)
  const tiles = await Promise.all(
    tops.slice(0, tileCount).map(async (category) => {
      const first = await call(endpoints.listOffers, { query: { channel, locale, category: category.code, limit: 1 } })
      return { category, imageUrl: first.items[0]?.imageUrl ?? null, count: first.total }
    }),
  )
  return { tiles: tiles.filter((tile) => tile.count > 0), newest: newest.items }
}

export function homePage(reads: ReturnType<typeof homeReads>) {
  return async (visit: Visit) => {
    const { t } = visit
    const [data, sites] = await Promise.all([reads[visit.locale](visit.call), visit.shared.sites(visit.call)])
    await learnCardPrices(visit, data.newest)
    return show(visit, {
      title: t('brand.name'),
      description: t('home.description'),
      alternates: addresses.home,
      jsonLd: [organisationData(visit)],
      body: <Home visit={visit} data={data} sites={sites.filter((site) => site.kind === 'shop')} />,
    })
  }
}

function organisationData(visit: Visit): object {
  const search = absolute(visit, link(visit, 'search'))
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: visit.t('brand.name'),
    url: absolute(visit, link(visit, 'home')),
    inLanguage: visit.locale,
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${search}?q={search_term_string}` },
      'query-input': 'required name=search_term_string',
    },
  }
}

function Home({ visit, data, sites }: { visit: Visit; data: HomeData; sites: Site[] }) {
  const { t } = visit
  return (
    <>
      <section class="hero">
        <div class="hero-words">
          <h1>{t('home.title')}</h1>
          <div>
            <p class="lead">{t('home.lead')}</p>
            <p class="actions">
              <a class="button primary" href={link(visit, 'catalogue')}>
                {t('home.see_all')}
              </a>
              <a class="button" href={link(visit, 'shops')}>
                {t('home.find_shop')}
              </a>
            </p>
          </div>
        </div>
        <img class="hero-picture" src={scenePath(visit.now)} alt="" {...sceneDimensions} fetchpriority="high" />
      </section>
      <section class="band">
        <h2 class="editorial">{t('home.categories')}</h2>
        <ul class="tiles">
          {data.tiles.map((tile) => (
            <li key={tile.category.code} class="tile">
              <Picture url={tile.imageUrl} alt="" />
              <a href={link(visit, 'category', { code: tile.category.code })}>
                {tile.category.name[visit.locale] || tile.category.name.fr}
              </a>
              <span class="muted">{t('list.articles', { count: tile.count })}</span>
            </li>
          ))}
        </ul>
      </section>
      {data.newest.length > 0 && (
        <section class="band">
          <div class="band-head">
            <h2 class="editorial">{t('home.new')}</h2>
            <a href={link(visit, 'catalogue', {}, { sort: 'newest' })}>{t('home.all_new')}</a>
          </div>
          <OfferGrid visit={visit} offers={data.newest} />
        </section>
      )}
      <Promises visit={visit} />
      <ShopsTeaser visit={visit} sites={sites} />
    </>
  )
}

const promises = [
  { icon: 'shop', words: 'pickup' },
  { icon: 'truck', words: 'delivery' },
  { icon: 'back', words: 'returns' },
] as const satisfies readonly { icon: IconName; words: string }[]

function Promises({ visit }: { visit: Visit }) {
  return (
    <section class="promises" aria-label={visit.t('home.promises')}>
      <ul>
        {promises.map(({ icon, words }) => (
          <li key={words}>
            <Icon name={icon} size={28} />
            <h3>{visit.t(`home.promise.${words}`)}</h3>
            <p>{visit.t(`home.promise.${words}_text`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Shops that are open come first: where the visitor is, is not asked. */
function ShopsTeaser({ visit, sites }: { visit: Visit; sites: Site[] }) {
  const { t } = visit
  if (sites.length === 0) return null
  const first = [...sites]
    .sort((a, b) => Number(openingOf(b, visit.now).open) - Number(openingOf(a, visit.now).open))
    .slice(0, shopCount)
  return (
    <section class="band">
      <div class="band-head">
        <h2 class="editorial">{t('home.shops', { count: sites.length })}</h2>
        <a href={link(visit, 'shops')}>{t('home.all_shops')}</a>
      </div>
      <ul class="shop-cards">
        {first.map((site) => (
          <li key={site.id} class="shop-card">
            <h3>
              <a href={link(visit, 'shop', { code: site.code })}>{site.name}</a>
            </h3>
            <p class="muted">
              {site.street}, {site.postalCode} {site.locality}
            </p>
            <p class={openingOf(site, visit.now).open ? 'open-now' : 'closed-now'}>{openingWords(visit, site)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
