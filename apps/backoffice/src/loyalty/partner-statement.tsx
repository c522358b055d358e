import { useState, type ReactNode } from 'react'
import { Button, Group, Select, Skeleton, Table, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PartnerStatement, PointsPartner } from '@ecluse/contracts/partners.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'

/** The latest twelve months of the calendar in Paris, this one first. */
function latestMonths(now: Date): string[] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })
    .format(now)
    .split('-')
    .map(Number)
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  )
}

/** What a partner’s tills did in a month, what it comes to, and the payment that settles it. */
export function PartnerStatementCard({ partners }: { partners: readonly PointsPartner[] }) {
  const t = useT()
  const { locale } = useLocale()
  const months = latestMonths(new Date())
  const [partnerId, setPartnerId] = useState(partners[0]?.id ?? '')
  const [month, setMonth] = useState(months[0] ?? '')
  const params = { partnerId, month }
  const query = useQuery(apiQuery(endpoints.getPartnerStatement, { params }))
  const statement = query.data
  return (
    <Card title={t('partners.statement')}>
      <div className="bo-stack">
        <Group align="end">
          <Select
            label={t('partners.partner')}
            allowDeselect={false}
            data={partners.map(({ id, name }) => ({ value: id, label: name }))}
            value={partnerId}
            onChange={(value) => value && setPartnerId(value)}
          />
          <Select
            label={t('partners.month')}
            allowDeselect={false}
            data={months.map((value) => ({ value, label: formatDate(`${value}-15T12:00:00Z`, locale, 'month') }))}
            value={month}
            onChange={(value) => value && setMonth(value)}
          />
          <Button
            component="a"
            href={`/api/v1/loyalty/partners/${partnerId}/statements/${month}/file.csv`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('partners.file')}
          </Button>
        </Group>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={160} />}
        {statement && statement.totals.length === 0 && (
          <p className="bo-line bo-quiet">{t('partners.statement.none')}</p>
        )}
        {statement && statement.totals.length > 0 && <Figures statement={statement} />}
      </div>
    </Card>
  )
}

function Figures({ statement }: { statement: PartnerStatement }) {
  const t = useT()
  const { locale } = useLocale()
  const { net, totals, lines, settled, over } = statement
  return (
    <>
      <Facts
        facts={[
          ...totals.map(
            (total) =>
              [
                t(`partners.kind.${total.kind}`),
                <span key={total.kind}>
                  {t('loyalty.points', { count: total.points })} · <Money value={total.net} />
                </span>,
              ] as [string, ReactNode],
          ),
          [
            t(net.amountMinor >= 0 ? 'partners.net.ours' : 'partners.net.theirs'),
            <Money key="net" value={{ ...net, amountMinor: Math.abs(net.amountMinor) }} />,
          ],
        ]}
      />
      {settled && (
        <p className="bo-line">
          {t('partners.settledOn', { date: formatDate(settled.at, locale, 'dayLong'), reference: settled.reference })}
        </p>
      )}
      {!settled && !over && <p className="bo-line bo-quiet">{t('partners.open')}</p>}
      {!settled && over && <Settle statement={statement} />}
      <div className="bo-scroll-x" tabIndex={0} role="group" aria-label={t('partners.statement')}>
        <Table verticalSpacing="xs" aria-label={t('partners.statement')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('partners.column.at')}</Table.Th>
              <Table.Th>{t('partners.column.what')}</Table.Th>
              <Table.Th>{t('partners.column.receipt')}</Table.Th>
              <Table.Th ta="right">{t('partners.column.points')}</Table.Th>
              <Table.Th ta="right">{t('partners.column.net')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.id}>
                <Table.Td>{formatDate(line.at, locale, 'dateTime')}</Table.Td>
                <Table.Td>{t(`partners.kind.${line.kind}`)}</Table.Td>
                <Table.Td>{[line.reference, line.shop].filter(Boolean).join(' · ')}</Table.Td>
                <Table.Td ta="right">{formatNumber(line.points, locale)}</Table.Td>
                <Table.Td ta="right">
                  <Money value={line.net} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {lines.length === 500 && <p className="bo-line bo-quiet">{t('partners.first')}</p>}
    </>
  )
}

function Settle({ statement: { partnerId, month } }: { statement: PartnerStatement }) {
  const t = useT()
  const [reference, setReference] = useState('')
  const settle = useAct({
    act: (body: { month: string; reference: string }, idempotencyKey) =>
      call(endpoints.settlePartner, { params: { partnerId }, body }, { idempotencyKey }),
    touches: ['/loyalty'],
    done: () => t('partners.settled'),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (reference.trim() !== '') settle.mutate({ month, reference: reference.trim() })
      }}
    >
      <Group align="end">
        <TextInput
          className="bo-grow"
          label={t('partners.settle.reference')}
          description={t('partners.settle.help')}
          required
          maxLength={80}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button type="submit" loading={settle.isPending}>
          {t('partners.settle')}
        </Button>
      </Group>
    </form>
  )
}
