import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import './picking.css'

/** The walks that are under way; nothing when there are none. */
export function OpenRounds({ siteId }: { siteId: string | undefined }) {
  const t = useT()
  const rounds = useQuery(apiQuery(endpoints.listPickingRounds, { query: siteId ? { siteId } : {} }))
  if (!rounds.data || rounds.data.items.length === 0) return null
  return (
    <ul className="bo-pick-rounds" aria-label={t('picking.open')}>
      {rounds.data.items.map((round) => (
        <li key={round.id}>
          <Link to="/picking/$roundId" params={{ roundId: round.id }} className="bo-link">
            <IconRoute size={16} aria-hidden /> {t('picking.title', { count: round.orders })}
          </Link>{' '}
          <span className="bo-quiet">
            {[round.siteName, round.actor].filter(Boolean).join(' · ')} · <RelativeTime at={round.createdAt} /> ·{' '}
            {t('picking.count', { picked: round.picked, quantity: round.units })}
          </span>
        </li>
      ))}
    </ul>
  )
}
