/** @jsxRuntime automatic @jsxImportSource preact */
import type { HeaderCategories, Page } from '../page.ts'
import { link, type Visit } from '../visit.ts'
import { LanguageSwitch } from './header.tsx'

export function Footer({ visit, page, categories }: { visit: Visit; page: Page; categories: HeaderCategories }) {
  const { t } = visit
  const tops = categories.filter((category) => category.parentCode === null).slice(0, 6)
  if (page.quiet) {
    return (
      <footer class="site-footer quiet-footer">
        <p class="footer-end">
          <LanguageSwitch visit={visit} page={page} />
          <a href={link(visit, 'withdraw')}>{t('withdraw.entry')}</a>
          <a href={link(visit, 'terms')}>{t('legal.terms.title')}</a>
          <a href={link(visit, 'privacy')}>{t('legal.privacy.title')}</a>
          <span>{t('footer.demo')}</span>
        </p>
      </footer>
    )
  }
  return (
    <footer class="site-footer">
      <div class="footer-columns">
        <section>
          <p class="footer-brand">{t('brand.name')}</p>
          <p>{t('footer.about')}</p>
        </section>
        <section>
          <h2>{t('footer.shop')}</h2>
          <ul>
            {tops.map((category) => (
              <li key={category.code}>
                <a href={link(visit, 'category', { code: category.code })}>
                  {category.name[visit.locale] || category.name.fr}
                </a>
              </li>
            ))}
          </ul>
        </section>
        <HelpLinks visit={visit} />
        <section>
          <h2>{t('footer.company')}</h2>
          <ul>
            <li>
              <a href={link(visit, 'terms')}>{t('legal.terms.title')}</a>
            </li>
            <li>
              <a href={link(visit, 'legal')}>{t('legal.legal.title')}</a>
            </li>
            <li>
              <a href={link(visit, 'privacy')}>{t('legal.privacy.title')}</a>
            </li>
            <li>
              <a href={link(visit, 'notifications')}>{t('notifications.title')}</a>
            </li>
            <li>
              <a href={link(visit, 'visits')}>{t('visits.title')}</a>
            </li>
          </ul>
        </section>
      </div>
      <p class="footer-end">
        <LanguageSwitch visit={visit} page={page} />
        <span>{t('footer.demo')}</span>
      </p>
    </footer>
  )
}

/** Where help is found; withdrawing from a contract is on every page, as the law asks (Code de la consommation, D221-5). */
function HelpLinks({ visit }: { visit: Visit }) {
  const { t } = visit
  return (
    <section>
      <h2>{t('footer.help')}</h2>
      <ul>
        <li>
          <a href={link(visit, 'shops')}>{t('shell.shops')}</a>
        </li>
        <li>
          <a href={link(visit, 'appointments')}>{t('appointments.title')}</a>
        </li>
        <li>
          <a href={link(visit, 'callBack')}>{t('call_back.title')}</a>
        </li>
        <li>
          <a href={link(visit, 'news')}>{t('news.title')}</a>
        </li>
        <li>
          <a href={link(visit, 'account')}>{t('footer.orders')}</a>
        </li>
        <li>
          <a href={link(visit, 'withdraw')}>
            <strong>{t('withdraw.entry')}</strong>
          </a>
        </li>
        <li>
          <a href={link(visit, 'withdrawal')}>{t('legal.withdrawal.title')}</a>
        </li>
      </ul>
    </section>
  )
}
