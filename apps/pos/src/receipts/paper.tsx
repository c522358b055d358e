import type { ReactNode } from 'react'
import type { Site } from '@ecluse/contracts/channels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { NumberCode } from './number-code.tsx'

/** A strip of 80 mm: whose shop, which document, what, and thanks. On screen it looks as it prints. */
export function Paper(props: {
  site: Site | null
  title: string
  number: string
  /** What its QR code says: the order, which the till finds by it. */
  code: string
  at: string
  children: ReactNode
}) {
  const t = useT()
  const { locale } = useLocale()
  const { site, number } = props
  return (
    <article className="pos-paper" aria-label={`${props.title} ${number}`}>
      {site && (
        <header className="pos-paper-head">
          <p className="pos-paper-name">{site.name}</p>
          <p>{site.street}</p>
          <p>
            {site.postalCode} {site.locality}
          </p>
          {site.phone && <p>{t('receipt.phone', { phone: formatPhone(site.phone, locale) })}</p>}
        </header>
      )}
      <p className="pos-paper-title">
        {props.title} {number}
      </p>
      <p className="pos-paper-date">{formatDate(props.at, locale, 'full', site?.timeZone)}</p>
      {props.children}
      <NumberCode number={props.code} />
    </article>
  )
}

/** One line of a paper: words to the left, an amount to the right. */
export function PaperRow({ strong = false, words, amount }: { strong?: boolean; words: ReactNode; amount: ReactNode }) {
  return (
    <div className="pos-paper-row" data-strong={strong || undefined}>
      <span>{words}</span>
      <span className="tabular">{amount}</span>
    </div>
  )
}
