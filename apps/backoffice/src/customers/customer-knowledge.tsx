import { useState } from 'react'
import { Button, Group, Select, Skeleton, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CustomerValue } from '@ecluse/contracts/knowledge.ts'
import { treatments, type CustomerTreatment, type Treatment } from '@ecluse/contracts/treatments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'

/** What is computed of one customer, how they are dealt with, and why. */
export function CustomerKnowledge({ customerId }: { customerId: string }) {
  const t = useT()
  const params = { customerId }
  const value = useQuery(apiQuery(endpoints.getCustomerValue, { params }))
  const treatment = useQuery(apiQuery(endpoints.getCustomerTreatment, { params }))
  return (
    <Card title={t('nav.knowledge')}>
      {value.isError && <ErrorNote error={value.error} onRetry={() => void value.refetch()} />}
      {value.isPending && <Skeleton height={80} />}
      {value.data &&
        (value.data.value === null ? (
          <p className="bo-line bo-quiet">{t('knowledge.customer.none')}</p>
        ) : (
          <ValueFacts value={value.data.value} />
        ))}
      {treatment.data && <TreatmentPart customerId={customerId} treatment={treatment.data} />}
    </Card>
  )
}

function ValueFacts({ value }: { value: CustomerValue }) {
  const t = useT()
  const { locale } = useLocale()
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: 'EUR' }, locale)
  const { recency, frequency, monetary, active, expectedPurchases, expectedValueMinor } = value
  return (
    <>
      <Facts
        facts={[
          [t('knowledge.customer.purchases'), formatNumber(value.purchases, locale)],
          [t('knowledge.customer.last'), formatDate(value.lastOn, locale, 'dayLong')],
          [t('knowledge.customer.spent'), money(value.spentMinor)],
          [
            t('knowledge.customer.scores'),
            recency !== null && frequency !== null && monetary !== null && `R${recency} F${frequency} M${monetary}`,
          ],
          [t('knowledge.chance'), active !== null && formatPercent(active, locale)],
          [t('knowledge.expectedPurchases'), expectedPurchases !== null && formatNumber(expectedPurchases, locale, 1)],
          [t('knowledge.expectedValue'), expectedValueMinor !== null && money(expectedValueMinor)],
        ]}
      />
      <p className="bo-line bo-quiet">
        {active === null && `${t('knowledge.customer.refused')} `}
        {t('knowledge.asOf', { date: formatDate(value.asOf, locale, 'dayLong') })}
      </p>
    </>
  )
}

function TreatmentPart({ customerId, treatment }: { customerId: string; treatment: CustomerTreatment }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { current, changes } = treatment
  const touches = [`/customers/${customerId}/treatment`]
  const release = useAct({
    act: () => call(endpoints.releaseCustomerTreatment, { params: { customerId } }),
    touches,
    done: () => t('treatments.released'),
  })
  return (
    <>
      <p className="bo-line">
        <strong>{t(`treatments.${current?.treatment ?? 'transactional'}`)}</strong>
        {current && ` · ${t(`treatments.reason.${current.reason}`)}`}
        {current?.note && ` : ${current.note}`}
        {current?.actor && ` (${current.actor})`}
      </p>
      {current?.decidedBy === 'staff' && can('customers:write') && (
        <Button variant="default" loading={release.isPending} onClick={() => release.mutate()}>
          {t('treatments.release')}
        </Button>
      )}
      {can('customers:write') && <Decide customerId={customerId} now={current?.treatment ?? 'transactional'} />}
      {changes.length > 0 && (
        <Disclosure label={t('treatments.changes')}>
          <ul className="bo-segment-words">
            {changes.map((change) => (
              <li key={change.id}>
                {formatDate(change.at, locale, 'dateTime')} · {t(`treatments.${change.treatment}`)} ·{' '}
                {t(`treatments.reason.${change.reason}`)}
                {change.note && ` : ${change.note}`}
                {change.actor && ` (${change.actor})`}
                {change.expectedValueMinor !== null &&
                  change.active !== null &&
                  ` · ${t('treatments.figures', {
                    worth: formatMoney({ amountMinor: change.expectedValueMinor, currency: 'EUR' }, locale),
                    active: formatPercent(change.active, locale),
                  })}`}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

function Decide({ customerId, now }: { customerId: string; now: Treatment }) {
  const t = useT()
  const [treatment, setTreatment] = useState<Treatment>(now === 'relational' ? 'transactional' : 'relational')
  const [note, setNote] = useState('')
  const save = useAct({
    act: () => call(endpoints.setCustomerTreatment, { params: { customerId }, body: { treatment, note } }),
    touches: [`/customers/${customerId}/treatment`],
    done: () => t('treatments.decided'),
    onDone: () => setNote(''),
  })
  return (
    <Disclosure label={t('treatments.decide')}>
      <Select
        label={t('segments.treatment.label')}
        allowDeselect={false}
        data={treatments.map((value) => ({ value, label: t(`treatments.${value}`) }))}
        value={treatment}
        onChange={(value) => value && setTreatment(value)}
      />
      <Textarea
        label={t('treatments.note')}
        maxLength={500}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="sm">
        <Button loading={save.isPending} disabled={note.trim().length < 3} onClick={() => save.mutate()}>
          {t('treatments.decide.save')}
        </Button>
      </Group>
    </Disclosure>
  )
}
