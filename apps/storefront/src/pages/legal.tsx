/** @jsxRuntime automatic @jsxImportSource preact */
import { show } from '../document.tsx'
import type { MessageId } from '../messages.ts'
import { Crumbs } from '../parts/crumbs.tsx'
import { addresses } from '../paths.ts'
import { link, type Visit } from '../visit.ts'

type LegalName = 'terms' | 'legal' | 'withdrawal' | 'privacy'

/** The sections of each page; their words are in the catalogues. */
const sections = {
  terms: ['seller', 'prices', 'order', 'payment', 'delivery', 'withdrawal', 'warranty', 'disputes'],
  legal: ['publisher', 'host', 'pictures'],
  withdrawal: ['period', 'how', 'refund', 'shop', 'form'],
  privacy: ['what', 'why', 'how_long', 'cookies', 'rights'],
} as const satisfies Record<LegalName, readonly string[]>

/** One of the pages the law asks for. */
export function legalPage(name: LegalName) {
  return async (visit: Visit) => {
    const { t } = visit
    const days = await visit.shared.returnDays(visit.call)
    const title = t(`legal.${name}.title`)
    return show(visit, {
      title,
      description: t(`legal.${name}.description`),
      alternates: addresses[name],
      body: (
        <>
          <Crumbs visit={visit} trail={[]} current={title} />
          <article class="prose legal">
            <h1 class="editorial">{title}</h1>
            <p class="lead">{t(`legal.${name}.description`)}</p>
            {name === 'privacy' && (
              <p>
                <a class="button" href={link(visit, 'myData')}>
                  {t('my_data.account')}
                </a>
              </p>
            )}
            {name === 'withdrawal' && (
              <p>
                <a class="button primary" href={link(visit, 'withdraw')}>
                  {t('withdraw.entry')}
                </a>
              </p>
            )}
            {sections[name].map((section) => (
              <section key={section}>
                <h2>{t(`legal.${name}.${section}` as MessageId)}</h2>
                <p>{t(`legal.${name}.${section}_text` as MessageId, { days })}</p>
              </section>
            ))}
          </article>
        </>
      ),
    })
  }
}
