import { useState } from 'react'
import { Button, NumberInput, Skeleton, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import { statementOf, type StatementLine } from '@ecluse/contracts/points-statement.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import './loyalty.css'

/** A customer's card, points and tier, why each point moved, and what staff may do about it. */
export function MemberCard({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [adjusting, setAdjusting] = useState(false)
  const programme = useQuery(apiQuery(endpoints.getLoyaltyProgramme, {}))
  const query = useQuery(apiQuery(endpoints.getLoyaltyMember, { params: { customerId } }))
  const join = useAct({
    act: (_: void, key) => call(endpoints.joinLoyalty, { params: { customerId } }, { idempotencyKey: key }),
    touches: ['/loyalty'],
    done: () => t('loyalty.joined'),
  })
  const member = query.data?.member
  if (programme.data?.programme === null) return null
  return (
    <Card
      title={t('nav.loyalty')}
      acts={
        member
          ? can('loyalty:adjust') && (
              <Button size="xs" variant="default" onClick={() => setAdjusting(true)}>
                {t('loyalty.adjust')}
              </Button>
            )
          : query.data &&
            can('customers:write') && (
              <Button size="xs" variant="default" loading={join.isPending} onClick={() => join.mutate()}>
                {t('loyalty.join')}
              </Button>
            )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data && !member && <p className="bo-line bo-quiet">{t('loyalty.notMember')}</p>}
      {member && <Standing member={member} />}
      {member && adjusting && (
        <SidePanel itemKey="adjust" title={t('loyalty.adjust')} onClose={() => setAdjusting(false)}>
          <AdjustForm customerId={customerId} onClose={() => setAdjusting(false)} />
        </SidePanel>
      )}
    </Card>
  )
}

function Standing({ member }: { member: LoyaltyMember }) {
  const t = useT()
  const { locale } = useLocale()
  const { points, standing, vouchers } = member
  const dayOf = (date: string): string => formatDate(`${date}T12:00:00Z`, locale, 'dayLong')
  const [soonest] = points.expiring
  return (
    <div className="bo-stack">
      <Facts
        facts={[
          [t('loyalty.card'), member.cardNumber],
          [t('loyalty.since'), formatDate(member.joinedAt, locale, 'dayLong')],
          [t('loyalty.column.active'), t('loyalty.points', { count: points.active })],
          [t('loyalty.column.pending'), points.pending !== 0 && t('loyalty.points', { count: points.pending })],
          [
            t('loyalty.soonest'),
            soonest &&
              t('loyalty.soonest.text', {
                count: soonest.points,
                date: formatDate(new Date(Date.parse(soonest.at) - 1).toISOString(), locale, 'dayLong'),
              }),
          ],
          [t('loyalty.tier'), standing.tier?.name[locale] ?? t('loyalty.tier.none')],
          [t('loyalty.bought'), <Money key="bought" value={standing.spent} />],
          [
            t('loyalty.toKeep'),
            standing.toKeep && (
              <>
                <Money value={standing.toKeep.missing} /> {t('loyalty.before', { date: dayOf(standing.toKeep.by) })}
              </>
            ),
          ],
          [
            t('loyalty.toRise', { tier: standing.next?.name[locale] ?? '' }),
            standing.next && <Money value={standing.next.missing} />,
          ],
          [t('loyalty.benefits'), standing.benefits.map((benefit) => t(`loyalty.benefit.${benefit}`)).join(', ')],
          [
            t('loyalty.vouchers'),
            vouchers.length > 0 &&
              vouchers.map(({ code, balance }) => (
                <span key={code} className="bo-block">
                  {code} · <Money value={balance} />
                </span>
              )),
          ],
        ]}
      />
      {member.movements.length > 0 && (
        <Disclosure label={t('loyalty.statement')}>
          <ul className="bo-plain-list">
            {statementOf(member.movements).map((line) => (
              <Movement key={line.movement.id} line={line} />
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

/** Why points moved; of a purchase, what became of them. */
function useReason({ movement: { cause }, purchase }: StatementLine): string {
  const t = useT()
  const { locale } = useLocale()
  if (!purchase || purchase.state === 'waiting') return t(`loyalty.cause.${cause}`)
  if (purchase.state === 'gone') return t('loyalty.purchase')
  return t('loyalty.purchase.active', { date: formatDate(purchase.since, locale, 'dayLong') })
}

function Movement({ line }: { line: StatementLine }) {
  const t = useT()
  const reason = useReason(line)
  const { movement } = line
  const { active, pending, order, partner } = movement
  const count = active !== 0 ? active : pending
  return (
    <li className="bo-row-between">
      <span className="bo-wrap">
        {reason}
        {partner && ` · ${partner}`}
        {order && (
          <>
            {' · '}
            <Link to="/orders/$orderId" params={{ orderId: order.id }} className="bo-link">
              {order.number}
            </Link>
          </>
        )}
        <span className="bo-quiet bo-block">
          <RelativeTime at={movement.at} />
          {movement.note && ` · ${movement.note}`}
          {movement.actor && ` · ${movement.actor}`}
        </span>
      </span>
      <span className="bo-loyalty-end">{t('loyalty.change', { count })}</span>
    </li>
  )
}

function AdjustForm({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const [points, setPoints] = useState<number | ''>('')
  const [reason, setReason] = useState('')
  const adjust = useAct({
    act: (body: { points: number; reason: string }, key) =>
      call(endpoints.adjustLoyaltyPoints, { params: { customerId }, body }, { idempotencyKey: key }),
    touches: ['/loyalty'],
    quiet: true,
    done: () => t('loyalty.adjusted'),
    onDone: onClose,
  })
  const ready = points !== '' && points !== 0 && reason.trim().length >= 3
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) adjust.mutate({ points, reason: reason.trim() })
      }}
    >
      <Stack gap="md">
        {adjust.isError && <ErrorNote error={adjust.error} />}
        <NumberInput
          label={t('loyalty.adjust.points')}
          description={t('loyalty.adjust.help')}
          required
          allowDecimal={false}
          min={-1_000_000}
          max={1_000_000}
          value={points}
          onChange={(value) => setPoints(value === '' ? '' : Number(value))}
        />
        <TextInput
          label={t('loyalty.adjust.reason')}
          required
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormEnd onCancel={onClose} busy={adjust.isPending} label={t('loyalty.adjust')} />
      </Stack>
    </form>
  )
}
