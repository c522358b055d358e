import { Fragment } from 'react'
import { Link } from '@tanstack/react-router'
import type { MovedLot } from '@ecluse/contracts/lots.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

/** Lots and serial numbers that moved, each with its page; nothing of an article that is not followed. */
export function LotLinks({ lots }: { lots: readonly MovedLot[] }) {
  const t = useT()
  const { locale } = useLocale()
  if (lots.length === 0) return null
  return (
    <span className="bo-quiet bo-block">
      {t('lots.inside')}{' '}
      {lots.map((lot, index) => (
        <Fragment key={lot.lotId}>
          {index > 0 && ', '}
          <Link to="/stock/lots/$lotId" params={{ lotId: lot.lotId }} className="bo-link">
            {lot.number}
          </Link>
          {lot.units > 1 && ` ×${lot.units}`}
          {lot.expiresOn && ` (${t('lots.goodUntil', { day: formatDate(lot.expiresOn, locale) })})`}
        </Fragment>
      ))}
    </span>
  )
}
