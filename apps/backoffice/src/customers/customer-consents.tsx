import { useState } from 'react'
import { Button, Skeleton, Table, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { consentPurposes, media, type CustomerConsents as Consents } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { dayOf, endOfDay } from '../common/company-day.ts'
import { ConsentJournal } from './consent-journal.tsx'
import { RecordConsent } from './record-consent.tsx'

/** The last moment of a day that is over; nothing for today or later, which are read as now. */
function lastMomentOf(day: string): string | undefined {
  // A year being typed has too few digits, or too many.
  if (day.length !== '2026-11-22'.length || day >= dayOf(new Date())) return undefined
  const last = endOfDay(day).getTime() - 1
  return last < Date.now() ? new Date(last).toISOString() : undefined
}

/** What a customer allows, by medium and purpose, why, and everything they said of it; now, or as it was on a past day. */
export function CustomerConsents({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [recording, setRecording] = useState(false)
  const [day, setDay] = useState('')
  const { locale } = useLocale()
  const at = lastMomentOf(day)
  const query = useQuery({
    ...apiQuery(endpoints.getCustomerConsents, { params: { customerId }, query: at === undefined ? {} : { at } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Card
      title={t('customers.consents')}
      acts={
        can('customers:write') && (
          <Button variant="default" size="xs" onClick={() => setRecording(true)}>
            {t('customers.consents.record')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={160} />}
      {query.data && (
        <div className="bo-stack">
          <TextInput
            type="date"
            label={t('customers.consents.on')}
            description={t('customers.consents.on.help')}
            max={dayOf(new Date())}
            maw={280}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          {at !== undefined && !query.isPlaceholderData && (
            <p className="bo-line" role="status">
              {t('customers.consents.replayed', { at: formatDate(query.data.at, locale, 'full') })}
            </p>
          )}
          <Cells cells={query.data.cells} />
          <ConsentJournal consents={query.data} />
        </div>
      )}
      {recording && <RecordConsent customerId={customerId} onClose={() => setRecording(false)} />}
    </Card>
  )
}

function Cells({ cells }: { cells: Consents['cells'] }) {
  const t = useT()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('customers.consents.medium')}</Table.Th>
          {consentPurposes.map((purpose) => (
            <Table.Th key={purpose} scope="col">
              {t(`consents.purpose.${purpose}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {media.map((medium) => (
          <Table.Tr key={medium}>
            <Table.Th scope="row">{t(`consents.medium.${medium}`)}</Table.Th>
            {cells
              .filter((cell) => cell.medium === medium)
              .map((cell) => (
                <Table.Td key={cell.purpose}>
                  {t(cell.allowed ? 'customers.consents.allowed' : 'customers.consents.refused')}
                  <span className="bo-quiet bo-block">{t(`consents.reason.${cell.reason}`)}</span>
                </Table.Td>
              ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
