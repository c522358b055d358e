import { useState } from 'react'
import { Button, Group, Skeleton } from '@mantine/core'
import { IconFileTypePdf, IconPrinter, IconReceipt2, IconTruckDelivery } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LetterBatch } from '@ecluse/contracts/letters.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages, apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { formatMicro } from '../journeys/money.ts'
import { MoreButton } from '../list/more-button.tsx'
import { LetterCodes } from './letter-codes.tsx'
import { LetterTariffForm } from './letter-tariff.tsx'
import { useLeftOut } from './left-out.ts'
import './letters.css'

/** Letters that wait, batches to print and hand over, what comes back of them, and what they cost. */
export function LettersPage() {
  const t = useT()
  const can = useCan()
  const pages = useInfiniteQuery(apiPages(endpoints.listLetterBatches, { query: {} }))
  const batches = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const waiting = useQuery(apiQuery(endpoints.listLetterBatches, { query: { limit: 1 } })).data?.waiting ?? 0
  return (
    <Page
      title={t('nav.letters')}
      summary={t('letters.summary')}
      acts={
        <Button component={Link} to="/messages/dead-addresses" variant="default">
          {t('dead.title')}
        </Button>
      }
    >
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={240} />}
      {pages.data && (
        <div className="bo-letters">
          <div className="bo-stack">
            <Waiting waiting={waiting} />
            {batches.length === 0 && <EmptyState title={t('letters.empty')} hint={t('letters.empty.help')} />}
            <ul className="bo-letter-batches">
              {batches.map((batch) => (
                <Batch key={batch.id} batch={batch} />
              ))}
            </ul>
            <MoreButton pages={pages} />
          </div>
          <div className="bo-stack">
            {can('messages:write') && <LetterCodes />}
            <LetterTariffForm />
          </div>
        </div>
      )}
    </Page>
  )
}

/** The ticket of the job: what there is of each weight. */
function Classes({ batch: { classes } }: { batch: LetterBatch }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <ul className="bo-contact-why">
      {classes.map((one) => (
        <li key={one.upToGrams} className="bo-quiet">
          {t('letters.class', { grams: one.upToGrams, letters: one.letters, sheets: one.sheets })} ·{' '}
          {formatMicro(one.costMicro, locale)}
        </li>
      ))}
    </ul>
  )
}

/** How many letters wait for a batch, and the act that draws one. */
function Waiting({ waiting }: { waiting: number }) {
  const t = useT()
  const can = useCan()
  const leftOut = useLeftOut()
  const [refused, setRefused] = useState<Record<string, number>>({})
  const draw = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.drawLetters, {}, { idempotencyKey }),
    touches: ['/letter-batches', '/messages'],
    done: ({ batch }) =>
      batch ? t('letters.drawn', { number: batch.number, count: batch.letters }) : t('letters.drawn.none'),
    onDone: (answer) => setRefused(answer.refused),
  })
  return (
    <Card title={t('letters.waiting', { count: waiting })}>
      <p className="bo-line bo-quiet bo-letter-help">{t('letters.waiting.help')}</p>
      {Object.keys(refused).length > 0 && <p className="bo-line">{leftOut(refused)}</p>}
      {can('messages:write') && (
        <Button
          leftSection={<IconPrinter size={16} aria-hidden />}
          disabled={waiting === 0}
          loading={draw.isPending}
          onClick={() => draw.mutate()}
        >
          {t('letters.draw')}
        </Button>
      )}
    </Card>
  )
}

function Batch({ batch }: { batch: LetterBatch }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { id, number, letters, sheets, costMicro, createdAt, createdBy, handedOverAt, returned, answered } = batch
  const hand = useAct({
    act: () => call(endpoints.handOverLetters, { params: { batchId: id } }),
    touches: ['/letter-batches', '/messages'],
    done: () => t('letters.handed', { number }),
  })
  const file = (part: 'letters' | 'ticket') => urlOf(endpoints.getLetterBatchFile.path, { batchId: id }, { part })
  return (
    <li className="bo-card bo-letter-batch">
      <div className="bo-letter-head">
        <strong>{t('letters.batch', { number })}</strong>
        {handedOverAt ? (
          <StateBadge tone="done">{t('letters.state.handed')}</StateBadge>
        ) : (
          <StateBadge tone="waiting">{t('letters.state.drawn')}</StateBadge>
        )}
      </div>
      <p className="bo-line bo-quiet">
        <RelativeTime at={handedOverAt ?? createdAt} />
        {createdBy && ` · ${createdBy}`}
      </p>
      <p className="bo-line">
        {t('letters.sums', { letters, sheets })} · {formatMicro(costMicro, locale)}
      </p>
      <Classes batch={batch} />
      {handedOverAt && <p className="bo-line">{t('letters.back', { returned, answered })}</p>}
      {can('messages:write') && (
        <Group gap="xs">
          {(['letters', 'ticket'] as const).map((part) => (
            <Button
              key={part}
              component="a"
              size="xs"
              variant="default"
              href={file(part)}
              target="_blank"
              rel="noreferrer"
              leftSection={
                part === 'letters' ? <IconFileTypePdf size={16} aria-hidden /> : <IconReceipt2 size={16} aria-hidden />
              }
            >
              {t(`letters.file.${part}`, { number })}
            </Button>
          ))}
          {!handedOverAt && (
            <Button
              size="xs"
              leftSection={<IconTruckDelivery size={16} aria-hidden />}
              loading={hand.isPending}
              onClick={() => hand.mutate()}
            >
              {t('letters.hand', { number })}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}
