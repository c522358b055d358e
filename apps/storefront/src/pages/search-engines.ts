import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { locales } from '@ecluse/contracts/scalars.ts'
import { addresses, addressOf, type AddressName } from '../paths.ts'
import { remember, type StorefrontOptions, type Visit } from '../visit.ts'

/** Pages of one visitor, which no search engine should ask for. */
const personal: readonly AddressName[] = ['cart', 'checkout', 'paymentReturn', 'account', 'suggestions', 'search']
const fixedPages: readonly AddressName[] = ['home', 'catalogue', 'shops', 'terms', 'legal', 'withdrawal', 'privacy']
/** Most addresses one site map may hold (sitemaps.org), counting both languages. */
const sitemapLimit = 50_000
const listLimit = 100

export function robotsText(options: StorefrontOptions): string {
  const closed = personal.flatMap((name) => locales.map((locale) => `Disallow: ${addresses[name][locale]}`))
  return ['User-agent: *', ...closed, 'Disallow: /api/', `Sitemap: ${options.publicUrl}/sitemap.xml`, ''].join('\n')
}

/** Handles of everything the channel sells, asked page by page and kept for ten minutes. */
export function offeredHandles(channel: string): (call: Client) => Promise<string[]> {
  return remember(600_000, async (call) => {
    const handles: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await call(endpoints.listOffers, {
        query: { channel, sort: 'name', limit: listLimit, ...(cursor ? { cursor } : {}) },
      })
      handles.push(...page.items.map((offer) => offer.handle))
      cursor = page.nextCursor
    } while (cursor && handles.length * locales.length < sitemapLimit)
    return handles
  })
}

/** The site map: every page there is to find, in its two languages. */
export async function sitemapXml(visit: Visit, handlesOf: (call: Client) => Promise<string[]>): Promise<string> {
  const [handles, categories, sites] = await Promise.all([
    handlesOf(visit.call),
    visit.shared.categories(visit.call),
    visit.shared.sites(visit.call),
  ])
  const pages: [AddressName, Record<string, string>][] = [
    ...fixedPages.map((name): [AddressName, Record<string, string>] => [name, {}]),
    ...categories.map(({ code }): [AddressName, Record<string, string>] => ['category', { code }]),
    ...sites
      .filter((site) => site.kind === 'shop')
      .map(({ code }): [AddressName, Record<string, string>] => ['shop', { code }]),
    ...handles.map((handle): [AddressName, Record<string, string>] => ['product', { handle }]),
  ]
  const url = (name: AddressName, locale: Visit['locale'], params: Record<string, string>): string =>
    escapeXml(visit.options.publicUrl + addressOf(name, locale, params))
  const entries = pages.slice(0, sitemapLimit / locales.length).flatMap(([name, params]) => {
    const links = locales
      .map((locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${url(name, locale, params)}"/>`)
      .join('')
    return locales.map((locale) => `<url><loc>${url(name, locale, params)}</loc>${links}</url>`)
  })
  const spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${spaces}>\n${entries.join('\n')}\n</urlset>\n`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
