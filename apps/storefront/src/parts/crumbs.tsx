/** @jsxRuntime automatic @jsxImportSource preact */
import { link, type Visit } from '../visit.ts'

export type Crumb = { name: string; href: string }

/** Where a page stands in the catalogue. */
export function Crumbs({ visit, trail, current }: { visit: Visit; trail: readonly Crumb[]; current: string }) {
  return (
    <nav class="crumbs" aria-label={visit.t('shell.crumbs')}>
      <ol>
        <li>
          <a href={link(visit, 'home')}>{visit.t('shell.home_short')}</a>
        </li>
        {trail.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.name}</a>
          </li>
        ))}
        <li aria-current="page">{current}</li>
      </ol>
    </nav>
  )
}

/** The same trail for search engines (schema.org). */
export function crumbsData(visit: Visit, trail: readonly Crumb[]): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: trail.map((crumb, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: crumb.name,
      item: visit.options.publicUrl + crumb.href,
    })),
  }
}
