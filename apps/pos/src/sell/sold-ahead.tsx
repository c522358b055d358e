import type { SoldAhead as Ahead } from '@ecluse/contracts/ahead.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

/** That an article can be ordered before it is there, and for which day. */
export function SoldAhead({ ahead }: { ahead: Ahead }) {
  const t = useT()
  const { locale } = useLocale()
  if (ahead.shipsOn === null) return <span className="pos-dim">{t('stock.nowhere')}</span>
  return (
    <span className="pos-dim">
      {t(`ahead.${ahead.kind}`, { date: formatDate(ahead.shipsOn, locale, 'weekday', 'UTC') })}
    </span>
  )
}
