/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { FastifyReply } from 'fastify'
import { locales } from '@ecluse/contracts/scalars.ts'
import type { HeaderCategories, Page } from './page.ts'
import { readVisits } from './cookies.ts'
import { Markup } from './parts/markup.tsx'
import { VisitsQuestion, saysNoByItself } from './parts/visits-choice.tsx'
import { Footer } from './shell/footer.tsx'
import { Header } from './shell/header.tsx'
import type { Visit } from './visit.ts'

/** The entry whose script and style every page needs. */
const entryName = 'src/islands/main.ts'

/**
 * Writes a page and answers with it. Scripts come from our own built files only; the JSON-LD blocks are data, which
 * browsers never run.
 */
export async function show(visit: Visit, page: Page, status = 200): Promise<FastifyReply> {
  const categories = await visit.shared.categories(visit.call)
  if (status === 200) noteVisit(visit, page)
  const html = `<!doctype html>${renderToString(<Document visit={visit} page={page} categories={categories} />)}`
  return visit.reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-language', visit.locale)
    .header('cache-control', page.personal || visit.company ? 'private, no-store' : 'private, no-cache')
    .send(html)
}

/** Only of who said yes, in a browser that does not say no for them. */
function noteVisit(visit: Visit, { seen }: Page): void {
  const { request, locale, options } = visit
  const choice = readVisits(request)
  if (choice === null || choice === 'no' || saysNoByItself(visit)) return
  const { productId = null, categoryCode = null, contact = null } = seen ?? {}
  options.noteVisit?.(request, { device: choice, locale, productId, categoryCode, contact })
}

/** Answers with a piece of a page, for the islands that put it in place. */
export function showPiece(visit: Visit, piece: VNode): FastifyReply {
  return visit.reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'private, no-store')
    .send(renderToString(piece))
}

function Document({ visit, page, categories }: { visit: Visit; page: Page; categories: HeaderCategories }) {
  const { t, locale, options } = visit
  const entry = options.assets.manifest[entryName]
  const base = options.assets.base ?? '/shop-assets/'
  const title = page.title === t('brand.name') ? page.title : `${page.title} · ${t('brand.name')}`
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={page.description} />
        {entry?.css?.map((file) => (
          <link key={file} rel="stylesheet" href={base + file} />
        ))}
        {entry && <script type="module" src={base + entry.file} />}
        {page.indexed === false ? <meta name="robots" content="noindex" /> : <Alternates visit={visit} page={page} />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <meta name="theme-color" content="#fcfaf6" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0d1719" media="(prefers-color-scheme: dark)" />
        <meta name="color-scheme" content="light dark" />
        <meta property="og:title" content={page.title} />
        <meta property="og:description" content={page.description} />
        <meta property="og:site_name" content={t('brand.name')} />
        {page.image && <meta property="og:image" content={absolute(visit, page.image)} />}
        {page.refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={String(page.refreshSeconds)} />
          </noscript>
        )}
        {page.jsonLd?.map((data, index) => (
          <Markup key={index} tag="script" type="application/ld+json" html={jsonForHtml(data)} />
        ))}
      </head>
      <body>
        <a class="skip-link" href="#main">
          {t('shell.skip')}
        </a>
        <Header visit={visit} page={page} categories={categories} />
        <main id="main" tabIndex={-1}>
          {page.body}
        </main>
        <VisitsQuestion visit={visit} page={page} />
        <Footer visit={visit} page={page} categories={categories} />
        <div id="notice" class="notice" role="status" />
      </body>
    </html>
  )
}

function Alternates({ visit, page }: { visit: Visit; page: Page }) {
  return (
    <>
      <link rel="canonical" href={absolute(visit, page.alternates[visit.locale])} />
      {locales.map((locale) => (
        <link key={locale} rel="alternate" hrefLang={locale} href={absolute(visit, page.alternates[locale])} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={absolute(visit, page.alternates.fr)} />
    </>
  )
}

/** The full address of a path of this shop. */
export function absolute(visit: Visit, path: string): string {
  return path.startsWith('/') ? visit.options.publicUrl + path : path
}

/** JSON that cannot end the element it is written in. */
function jsonForHtml(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
