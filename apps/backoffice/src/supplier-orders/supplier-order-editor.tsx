import { useState, type FormEvent } from 'react'
import { Button, Group, Select, Textarea, TextInput } from '@mantine/core'
import { supplierOrderInputSchema, type SupplierOrderInput } from '@ecluse/contracts/supplier-orders.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { DraftLines } from '../documents/draft-lines.tsx'
import { useMyPlaces } from '../documents/use-places.ts'
import { inputOf, type SupplierLine, type SupplierOrderDraft } from './supplier-order-draft.ts'

/** Writes an order to a supplier: of whom, for which place, what, for when and at which cost. */
export function SupplierOrderEditor({
  start,
  busy,
  saveLabel,
  onSave,
  onCancel,
}: {
  start: SupplierOrderDraft
  busy: boolean
  saveLabel: string
  onSave: (input: SupplierOrderInput) => void
  onCancel?: () => void
}) {
  const t = useT()
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const patch = (changes: Partial<SupplierOrderDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const checked = supplierOrderInputSchema.safeParse(inputOf(draft))
  const wrong = new Set(tried && !checked.success ? checked.error.issues.map(({ path }) => String(path[0])) : [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (checked.success) onSave(checked.data)
  }
  return (
    <form noValidate onSubmit={submit} className="bo-grid-2">
      <Card title={t('orders.lines')}>
        {wrong.has('lines') && <p role="alert">{t('documents.linesMissing')}</p>}
        <DraftLines
          lines={draft.lines}
          lineOf={(article) => ({
            article,
            units: 1,
            expectedOn: draft.lines.at(-1)?.expectedOn ?? '',
            unitCostMinor: null,
          })}
          columns={(line, change) => <SupplierFields line={line} onChange={change} />}
          onChange={(lines) => patch({ lines })}
        />
      </Card>
      <div className="bo-stack">
        <Supplier draft={draft} wrong={wrong} onChange={patch} />
        <Card title={t('orders.total')}>
          <Totals lines={draft.lines} />
          <Group justify="end" gap="xs">
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                {t('app.cancel')}
              </Button>
            )}
            <Button type="submit" loading={busy}>
              {saveLabel}
            </Button>
          </Group>
        </Card>
      </div>
    </form>
  )
}

/** Of whom, and where to. */
function Supplier({
  draft,
  wrong,
  onChange,
}: {
  draft: SupplierOrderDraft
  wrong: ReadonlySet<string>
  onChange: (changes: Partial<SupplierOrderDraft>) => void
}) {
  const t = useT()
  const places = useMyPlaces()
  return (
    <Card title={t('supplierOrders.supplier')}>
      <div className="bo-stack">
        <TextInput
          label={t('supplierOrders.supplierName')}
          required
          maxLength={120}
          value={draft.supplierName}
          error={wrong.has('supplierName') ? t('supplierOrders.supplierMissing') : undefined}
          onChange={(event) => onChange({ supplierName: event.currentTarget.value })}
        />
        <Select
          label={t('supplierOrders.deliverTo')}
          required
          searchable
          data={places.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.placeId || null}
          error={wrong.has('placeId') ? t('documents.placeMissing') : undefined}
          onChange={(placeId) => onChange({ placeId: placeId ?? '' })}
        />
        <Textarea
          label={t('documents.note')}
          maxLength={500}
          autosize
          minRows={2}
          value={draft.note}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </div>
    </Card>
  )
}

function SupplierFields({
  line,
  onChange,
}: {
  line: SupplierLine
  onChange: (changes: Partial<SupplierLine>) => void
}) {
  const t = useT()
  return (
    <>
      <TextInput
        type="date"
        label={t('supplierOrders.expectedOn')}
        value={line.expectedOn}
        onChange={(event) => onChange({ expectedOn: event.currentTarget.value })}
      />
      <MoneyInput
        label={t('supplierOrders.unitCost')}
        value={line.unitCostMinor}
        onChange={(unitCostMinor) => onChange({ unitCostMinor })}
      />
    </>
  )
}

function Totals({ lines }: { lines: readonly SupplierLine[] }) {
  const t = useT()
  const units = lines.reduce((sum, line) => sum + line.units, 0)
  const known = lines.length > 0 && lines.every(({ unitCostMinor }) => unitCostMinor !== null)
  const cost = lines.reduce((sum, line) => sum + line.units * (line.unitCostMinor ?? 0), 0)
  return (
    <p>
      {t('documents.units', { count: units })}
      {known && (
        <span className="bo-quiet bo-block">
          <Money value={{ amountMinor: cost, currency: 'EUR' }} /> {t('supplierOrders.withoutVat')}
        </span>
      )}
    </p>
  )
}
