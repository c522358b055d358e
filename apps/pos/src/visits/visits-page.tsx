import { useDocumentTitle } from '@mantine/hooks'
import { useSearch } from '@tanstack/react-router'
import { useT } from '../app/i18n.ts'
import { ReservationsList } from './reservations-list.tsx'

/** Who is expected in this shop: those who reserved articles to try. */
export function VisitsPage() {
  const t = useT()
  const { open } = useSearch({ from: '/visits' })
  useDocumentTitle(`${t('nav.visits')} · Écluse`)
  return (
    <div className="pos-page" data-panel={open !== undefined || undefined}>
      <div className="pos-page-list">
        <h1>{t('nav.visits')}</h1>
        <ReservationsList />
      </div>
    </div>
  )
}
