import { useState } from 'react'
import { Button, Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { consentPurposes, media, type CustomerConsents as Consents } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { RecordConsent } from './record-consent.tsx'

/** What a customer allows, by medium and purpose, why, and everything they said of it. */
export function CustomerConsents({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [recording, setRecording] = useState(false)
  const query = useQuery(apiQuery(endpoints.getCustomerConsents, { params: { customerId }, query: {} }))
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
          <Cells cells={query.data.cells} />
          <Journal consents={query.data} />
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

const sources = ['newsletter', 'preferences', 'unsubscribe', 'staff'] as const

function Journal({ consents: { entries, intact } }: { consents: Consents }) {
  const t = useT()
  if (entries.length === 0) return null
  const sourceOf = (source: string): string => {
    const known = sources.find((name) => name === source)
    return known ? t(`consents.source.${known}`) : source
  }
  return (
    <section aria-label={t('customers.consents.journal')}>
      <StateBadge tone={intact ? 'done' : 'urgent'}>
        {t(intact ? 'customers.consents.intact' : 'customers.consents.broken')}
      </StateBadge>
      <ul className="bo-plain-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            {t(`consents.act.${entry.act}`)}
            {entry.act !== 'preferred' &&
              ` · ${t(`consents.medium.${entry.medium ?? 'all'}`)} · ${t(`consents.purpose.${entry.purpose ?? 'all'}`)}`}
            <span className="bo-quiet bo-block">
              <RelativeTime at={entry.at} /> · {sourceOf(entry.source)}
              {entry.actor && ` · ${entry.actor}`}
              {entry.proof['said'] && ` · ${entry.proof['said']}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
