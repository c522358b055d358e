import { useState, type FormEvent } from 'react'
import { Button, Select, Textarea } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { transferInputSchema, type TransferInput } from '@ecluse/contracts/transfers.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { DraftLines, type DraftLine } from '../documents/draft-lines.tsx'
import { usePlaces } from '../documents/use-places.ts'
import { touchedByTransfers } from './touched.ts'

const route = getRouteApi('/stock/transfers/new')

/** Asks one place for goods for another. */
export function NewTransferPage() {
  const t = useT()
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [lines, setLines] = useState<readonly DraftLine[]>([])
  const { tried, problems, submit, busy } = useRequest({ from, to, note, lines })
  const data = usePlaces().map(({ id, name }) => ({ value: id, label: name }))
  const missing = (field: string) => (tried && problems.has(field) ? t('documents.placeMissing') : undefined)
  return (
    <Page title={t('transfers.new')} back={{ to: '/stock/transfers', label: t('nav.transfers') }}>
      <form noValidate onSubmit={submit} className="bo-grid-2">
        <Card title={t('orders.lines')}>
          {tried && problems.has('lines') && <p role="alert">{t('documents.linesMissing')}</p>}
          <DraftLines lines={lines} lineOf={(article) => ({ article, units: 1 })} onChange={setLines} />
        </Card>
        <Card title={t('transfers.way')}>
          <div className="bo-stack">
            <Select
              label={t('movements.fromPlace')}
              required
              searchable
              data={data}
              value={from}
              error={missing('fromPlaceId')}
              onChange={setFrom}
            />
            <Select
              label={t('movements.toPlace')}
              required
              searchable
              data={data.filter(({ value }) => value !== from)}
              value={to}
              error={missing('toPlaceId')}
              onChange={setTo}
            />
            <Textarea
              label={t('documents.note')}
              maxLength={500}
              autosize
              minRows={2}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('transfers.request')}
            </Button>
          </div>
        </Card>
      </form>
    </Page>
  )
}

function useRequest(draft: { from: string | null; to: string | null; note: string; lines: readonly DraftLine[] }) {
  const t = useT()
  const navigate = route.useNavigate()
  const [tried, setTried] = useState(false)
  const request = useAct({
    act: (body: TransferInput, key) => call(endpoints.requestTransfer, { body }, { idempotencyKey: key }),
    touches: touchedByTransfers,
    done: (transfer) => t('transfers.asked', { number: transfer.number }),
    onDone: (transfer) =>
      void navigate({ to: '/stock/transfers/$transferId', params: { transferId: transfer.id }, replace: true }),
  })
  const checked = transferInputSchema.safeParse({
    fromPlaceId: draft.from ?? '',
    toPlaceId: draft.to ?? '',
    note: draft.note.trim() || null,
    lines: draft.lines.map(({ article, units }) => ({ variantId: article.variantId, requestedUnits: units })),
  })
  return {
    tried,
    problems: new Set(checked.success ? [] : checked.error.issues.map(({ path }) => String(path[0]))),
    busy: request.isPending,
    submit: (event: FormEvent) => {
      event.preventDefault()
      setTried(true)
      if (checked.success) request.mutate(checked.data)
    },
  }
}
