/** @jsxRuntime automatic @jsxImportSource preact */
import { readVisits } from '../cookies.ts'
import type { Page } from '../page.ts'
import { link, type Visit } from '../visit.ts'

/** Whether the browser refuses for its owner (Global Privacy Control): they are not asked again. */
export const saysNoByItself = ({ request }: Visit): boolean => request.headers['sec-gpc'] === '1'

/** Yes and no, alike: neither is easier than the other. */
export function VisitsChoice({ visit, next }: { visit: Visit; next: string }) {
  const { t } = visit
  return (
    <form class="visits-choice" method="post" action={link(visit, 'visits')}>
      <input type="hidden" name="next" value={next} />
      <button class="button small" type="submit" name="allow" value="yes">
        {t('visits.yes')}
      </button>
      <button class="button small" type="submit" name="allow" value="no">
        {t('visits.no')}
      </button>
    </form>
  )
}

/** The question, at the end of pages until it is answered; it covers nothing, and nothing waits for it. */
export function VisitsQuestion({ visit, page }: { visit: Visit; page: Page }) {
  const { t } = visit
  if (page.quiet || page.personal || saysNoByItself(visit) || readVisits(visit.request) !== null) return null
  return (
    <aside class="visits-question" aria-label={t('visits.title')}>
      <p>
        {t('visits.question')} <a href={link(visit, 'visits')}>{t('visits.more')}</a>
      </p>
      <VisitsChoice visit={visit} next={visit.request.url} />
    </aside>
  )
}
