import { createHash } from 'node:crypto'
import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { htmlRules, sanitiseHtml } from './sanitise-html.ts'

/**
 * A product as it is kept: no character the database cannot hold, HTML that does no harm, lists without repeats, instants in
 * one form, publications that never take place left out, pictures of variants only where there is a picture. What was kept,
 * written again, is the same.
 */
export function normaliseProduct(input: ProductInput): ProductInput {
  // Written as JSON, what must go is escaped: one look at the whole spares a walk through most products.
  const clean = /\\u(?:0000|d[89a-f])/.test(JSON.stringify(input)) ? cleaned(input) : input
  const publications = new Map(clean.publications.map((publication) => [publication.channelCode, publication]))
  const { fr, en } = clean.description
  const descriptionFr = sanitiseHtml(fr)
  return {
    ...clean,
    description: { fr: descriptionFr, en: en === fr ? descriptionFr : sanitiseHtml(en) },
    categoryCodes: [...new Set(clean.categoryCodes)],
    tags: [...new Set(clean.tags)],
    publications: [...publications.values()]
      .map(({ channelCode, from, until, opensAt = null }) => ({
        channelCode,
        from: instant(from),
        until: instant(until),
        ...opening(instant(from), instant(opensAt)),
      }))
      .filter(({ from, until }) => from === null || until === null || from < until),
    variants: clean.variants.map((variant) => ({
      ...variant,
      mediaIndex: variant.mediaIndex !== null && variant.mediaIndex < clean.media.length ? variant.mediaIndex : null,
    })),
  }
}

/** When it is sold to everybody, where that is later than it is shown. */
function opening(from: string | null, opensAt: string | null): { opensAt?: string } {
  return opensAt === null || (from !== null && opensAt <= from) ? {} : { opensAt }
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString()
}

/** Fingerprint of everything written: the same product again has the same. */
export function contentHash(product: ProductInput): Buffer {
  return createHash('sha256')
    .update(canonical([htmlRules, product]))
    .digest()
}

/** JSON with the keys of every object in one order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const unkept = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function cleaned<T>(value: T): T {
  if (typeof value === 'string') return value.replace(unkept, '') as T
  if (Array.isArray(value)) return value.map(cleaned) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [cleaned(key), cleaned(part)])) as T
}
