import type { ComponentChildren } from 'preact'
import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'

export type HeaderCategories = readonly Category[]

export type Page = {
  title: string
  description: string
  /** The same page in each language: hreflang, the canonical address and the language switch come from it. */
  alternates: Record<Locale, string>
  /** Pages of one visitor or of a passing choice of filters stay out of search engines. */
  indexed?: boolean
  /** Holds what nobody else may see: not kept by any cache. */
  personal?: boolean
  /** Address of a picture for link previews. */
  image?: string | null
  jsonLd?: object[]
  /** Seconds after which the page asks itself again where no script does it more gently. */
  refreshSeconds?: number
  /** Top category the page belongs to, marked in the menu. */
  section?: string | null
  /** Checkout has a quiet header, without ways out. */
  quiet?: boolean
  /** What it shows, for those who allow their visits to be noted. */
  seen?: {
    productId?: string
    categoryCode?: string
    contact?: { name: string; email: string | null; phone: string | null }
  }
  body: ComponentChildren
}
