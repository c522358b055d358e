import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import type { Quote, QuoteRevision } from '@ecluse/contracts/quotes.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { eventActor } from '../orders/order-events.ts'
import { AgreedHours } from './quote-hours.tsx'

/** The current revision, and beside it an earlier one when there are several: what changed is marked. */
export function QuoteRevisions({ quote }: { quote: Quote }) {
  const t = useT()
  const [current, ...earlier] = quote.revisions
  const [chosen, setChosen] = useState<string>('none')
  const before = earlier.find((one) => String(one.revision) === chosen)
  if (!current) return null
  return (
    <>
      <RevisionCard revision={current} before={before} open={openStates.includes(quote.state)} />
      {earlier.length > 0 && (
        <Card title={t('quotes.earlier')}>
          <SegmentedControl
            aria-label={t('quotes.earlier')}
            value={chosen}
            onChange={setChosen}
            data={[
              { value: 'none', label: t('quotes.earlier.none') },
              ...earlier.map(({ revision }) => ({ value: String(revision), label: String(revision) })),
            ]}
          />
        </Card>
      )}
      {before && <RevisionCard revision={before} before={undefined} open={false} />}
    </>
  )
}

/** While a quote is open, its hours are kept, or could be again. */
const openStates: readonly Quote['state'][] = ['draft', 'to_approve', 'approved', 'sent', 'accepted']

type CardProps = { revision: QuoteRevision; before: QuoteRevision | undefined; open: boolean }

function RevisionCard({ revision, before, open }: CardProps) {
  const t = useT()
  const { locale } = useLocale()
  const { delivery } = revision
  const { address } = delivery
  const where =
    delivery.siteName ??
    (address && [address.name, address.street, address.street2, `${address.postalCode} ${address.locality}`])
      ?.filter(Boolean)
      .join(', ')
  return (
    <Card
      title={t('quotes.revisionOf', {
        revision: revision.revision,
        date: formatDate(revision.createdAt, locale, 'dateTime'),
      })}
      acts={
        revision.overLimit && (
          <StateBadge tone={revision.approval === 'given' ? 'done' : 'waiting'}>
            {revision.approval === 'given'
              ? t('quotes.approvedBy', { name: eventActor(revision.approvedBy) ?? 'Écluse' })
              : t('quotes.needsApproval')}
          </StateBadge>
        )
      }
    >
      <RevisionLines revision={revision} before={before} />
      <RevisionSums revision={revision} />
      <p className="bo-quiet">
        {[t(`delivery.${delivery.method}`), where].filter(Boolean).join(' · ')} ·{' '}
        {t('quotes.validUntil', { date: formatDate(`${revision.validUntil}T12:00:00Z`, locale, 'dayLong') })}
      </p>
      <AgreedHours hours={revision.hours} open={open} />
      {revision.gift && (
        <p className="bo-wrap">{[t('quotes.gift'), revision.gift.message].filter(Boolean).join(' · ')}</p>
      )}
      {revision.notes && <p className="bo-wrap">{revision.notes}</p>}
    </Card>
  )
}

function RevisionLines({ revision, before }: { revision: QuoteRevision; before: QuoteRevision | undefined }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <div className="bo-scroll-x">
      <table className="bo-mini">
        <thead>
          <tr>
            <th scope="col">{t('orders.article')}</th>
            <th scope="col" data-end>
              {t('orders.quantity')}
            </th>
            <th scope="col" data-end className="bo-wide-only">
              {t('quotes.price')}
            </th>
            <th scope="col" data-end>
              {t('orders.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {revision.lines.map((line) => (
            <tr key={line.variantId}>
              <td>
                <span className="bo-named">
                  <Thumb url={line.imageUrl} />
                  <span className="bo-wrap">
                    {line.name}
                    <span className="bo-quiet bo-block">
                      {[line.variantLabel, line.sku].filter(Boolean).join(' · ')}
                    </span>
                    <span className="bo-quiet bo-narrow-only">
                      <Money value={line.unitPrice} />
                      {line.discountBasisPoints > 0 && ` (− ${formatBasisPoints(line.discountBasisPoints, locale)})`}
                    </span>
                    <Changed line={line} before={before} />
                  </span>
                </span>
              </td>
              <td data-end>{line.quantity}</td>
              <td data-end className="bo-wide-only">
                <Money value={line.unitPrice} />
                {line.discountBasisPoints > 0 && (
                  <span className="bo-quiet bo-block">− {formatBasisPoints(line.discountBasisPoints, locale)}</span>
                )}
              </td>
              <td data-end>
                <Money value={line.lineTotal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the compared revision said of this line, when it said something else. */
function Changed({ line, before }: { line: QuoteRevision['lines'][number]; before: QuoteRevision | undefined }) {
  const t = useT()
  if (!before) return null
  const old = before.lines.find(({ variantId }) => variantId === line.variantId)
  if (!old) return <StateBadge tone="primary">{t('quotes.added')}</StateBadge>
  if (old.quantity === line.quantity && old.unitPrice.amountMinor === line.unitPrice.amountMinor) return null
  return (
    <span className="bo-quiet bo-block">
      {t('quotes.before', { count: old.quantity })} <Money value={old.unitPrice} />
    </span>
  )
}

function RevisionSums({ revision }: { revision: QuoteRevision }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <dl className="bo-sums">
      {revision.discount.amountMinor > 0 && (
        <div>
          <dt>{t('quotes.discounted')}</dt>
          <dd>
            − <Money value={revision.discount} />
          </dd>
        </div>
      )}
      {revision.delivery.method === 'delivery' && (
        <div>
          <dt>{t('orders.deliveryFee')}</dt>
          <dd>
            <Money value={revision.delivery.fee} />
          </dd>
        </div>
      )}
      <div data-strong>
        <dt>{t('orders.total')}</dt>
        <dd>
          <Money value={revision.total} />
        </dd>
      </div>
      {revision.vatByRate.map(({ rateBasisPoints, vat }) => (
        <div key={rateBasisPoints}>
          <dt>{t('quotes.vatRate', { rate: formatBasisPoints(rateBasisPoints, locale) })}</dt>
          <dd>
            <Money value={vat} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
