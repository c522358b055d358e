/** @jsxRuntime automatic @jsxImportSource preact */
import type { HeaderCategories, Page } from '../page.ts'
import { Icon } from '../parts/icon.tsx'
import { link, type Visit } from '../visit.ts'
import { Logo } from './logo.tsx'

/** Names of the languages, each in itself: the one thing never translated. */
const languageNames = { fr: 'Français', en: 'English' } as const

/** More top categories than this would not fit the line of a wide screen; the rest is in the catalogue. */
const navigationLimit = 6

type Props = { visit: Visit; page: Page; categories: HeaderCategories }

export function Header(props: Props) {
  const { visit, page } = props
  const { t } = visit
  return (
    <header class={page.quiet ? 'site-header quiet' : 'site-header'}>
      <div class="site-bar">
        <a class="logo" href={link(visit, 'home')} aria-label={t('shell.home')}>
          <Logo />
        </a>
        {page.quiet ? (
          <a class="bar-link" href={link(visit, 'cart')}>
            {t('checkout.back_to_cart')}
          </a>
        ) : (
          <>
            <SearchForm visit={visit} />
            <nav class="bar-links" aria-label={t('shell.yours')}>
              <a class="bar-link wide-only" href={link(visit, 'shops')}>
                <Icon name="pin" />
                <span>{t('shell.shops')}</span>
              </a>
              <a class="bar-link" href={link(visit, 'account')}>
                <Icon name="person" />
                <span class="bar-word">{t('shell.account')}</span>
              </a>
              <CartLink visit={visit} />
            </nav>
            <MobileMenu {...props} />
          </>
        )}
      </div>
      {!page.quiet && (
        <nav class="site-nav wide-only" aria-label={t('shell.categories')}>
          <CategoryLinks {...props} />
        </nav>
      )}
      {visit.company && !page.quiet && <CompanyBand visit={visit} company={visit.company} />}
    </header>
  )
}

/** For whom this visitor buys, and the way back to buying for themself. */
function CompanyBand({ visit, company }: { visit: Visit; company: NonNullable<Visit['company']> }) {
  const { t } = visit
  return (
    <div class="company-band">
      <p>
        {t('shell.buying_for')} <a href={link(visit, 'company', { companyId: company.id })}>{company.name}</a>
        <span class="muted"> · {t('shell.net_prices')}</span>
      </p>
      <form method="post" action={link(visit, 'companies')}>
        <button class="text-button" type="submit" name="companyId" value="">
          {t('shell.buy_for_me')}
        </button>
      </form>
    </div>
  )
}

/** The way to the cart, with how many units it holds; islands put a fresh one in place after adding. */
export function CartLink({ visit }: { visit: Visit }) {
  const count = visit.cart?.count ?? 0
  return (
    <a id="cart-link" class="bar-link" href={link(visit, 'cart')} aria-label={visit.t('shell.cart_count', { count })}>
      <Icon name="bag" />
      <span class="bar-word" aria-hidden="true">
        {visit.t('shell.cart')}
      </span>
      {count > 0 && (
        <span class="count-badge" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </a>
  )
}

function SearchForm({ visit }: { visit: Visit }) {
  const { t } = visit
  return (
    <form
      class="site-search"
      role="search"
      action={link(visit, 'search')}
      data-island="suggest"
      data-source={link(visit, 'suggestions')}
    >
      <label class="visually-hidden" for="site-search">
        {t('search.label')}
      </label>
      <input
        id="site-search"
        type="search"
        name="q"
        placeholder={t('search.placeholder')}
        value={visit.query.get('q') ?? ''}
        autocomplete="off"
        maxLength={200}
        enterkeyhint="search"
      />
      <button type="submit" class="icon-button" aria-label={t('search.go')}>
        <Icon name="search" />
      </button>
    </form>
  )
}

function CategoryLinks({ visit, page, categories }: Props) {
  const tops = categories.filter((category) => category.parentCode === null).slice(0, navigationLimit)
  return (
    <ul>
      {tops.map((category) => (
        <li key={category.code}>
          <a
            href={link(visit, 'category', { code: category.code })}
            aria-current={page.section === category.code ? 'true' : undefined}
          >
            {category.name[visit.locale] || category.name.fr}
          </a>
        </li>
      ))}
      <li>
        <a href={link(visit, 'catalogue')} aria-current={page.section === '*' ? 'true' : undefined}>
          {visit.t('shell.catalogue')}
        </a>
      </li>
    </ul>
  )
}

function MobileMenu(props: Props) {
  const { visit, page } = props
  const { t } = visit
  return (
    <details class="mobile-menu narrow-only" data-island="menu">
      <summary aria-label={t('shell.menu')}>
        <Icon name="menu" size={24} />
      </summary>
      <nav aria-label={t('shell.menu')}>
        <CategoryLinks {...props} />
        <ul class="menu-more">
          <li>
            <a href={link(visit, 'shops')}>{t('shell.shops')}</a>
          </li>
          <li>
            <a href={link(visit, 'account')}>{t('shell.account')}</a>
          </li>
          <li>
            <LanguageSwitch visit={visit} page={page} />
          </li>
        </ul>
      </nav>
    </details>
  )
}

/** The same page in the other language. */
export function LanguageSwitch({ visit, page }: { visit: Visit; page: Page }) {
  const other = visit.locale === 'fr' ? 'en' : 'fr'
  return (
    <a class="language" href={page.alternates[other]} hrefLang={other} lang={other} rel="alternate">
      {languageNames[other]}
    </a>
  )
}
