/** @jsxRuntime automatic @jsxImportSource preact */
import { show } from '../document.tsx'
import { addresses } from '../paths.ts'
import { link, type Visit } from '../visit.ts'

/** The page for an address that leads nowhere. */
export function notFound(visit: Visit) {
  const { t } = visit
  return show(
    visit,
    {
      title: t('error.not_found'),
      description: t('error.not_found_text'),
      alternates: addresses.home,
      indexed: false,
      body: (
        <div class="message-page">
          <p class="big-number" aria-hidden="true">
            404
          </p>
          <h1 class="editorial">{t('error.not_found')}</h1>
          <p class="lead">{t('error.not_found_text')}</p>
          <p class="actions">
            <a class="button primary" href={link(visit, 'catalogue')}>
              {t('home.see_all')}
            </a>
            <a class="button" href={link(visit, 'home')}>
              {t('error.home')}
            </a>
          </p>
        </div>
      ),
    },
    404,
  )
}

/** The page for something that broke, or that the API refused in a way no form expects. */
export function failure(visit: Visit, status: number, traceId: string | undefined) {
  const { t } = visit
  const busy = status === 429 || status === 503
  return show(
    visit,
    {
      title: t(busy ? 'error.busy' : 'error.failed'),
      description: t('error.failed_text'),
      alternates: addresses.home,
      indexed: false,
      personal: true,
      body: (
        <div class="message-page">
          <h1 class="editorial">{t(busy ? 'error.busy' : 'error.failed')}</h1>
          <p class="lead">{t(busy ? 'error.busy_text' : 'error.failed_text')}</p>
          {traceId && <p class="muted">{t('error.trace', { id: traceId })}</p>}
          <p class="actions">
            <a class="button primary" href={link(visit, 'home')}>
              {t('error.home')}
            </a>
          </p>
        </div>
      ),
    },
    status,
  )
}
