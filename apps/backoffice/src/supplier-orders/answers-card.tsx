import { useState } from 'react'
import { Button, FileButton, Group, Stack, TextInput } from '@mantine/core'
import { IconDownload, IconFileUpload, IconPencil } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierDocument, SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { touchedBySupplierOrders } from './touched.ts'

/** The order as the supplier's software reads it, and what it answered. */
export function AnswersCard({ order }: { order: SupplierOrder }) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const { supplier } = order
  return (
    <Card title={t('supplierOrders.ubl')}>
      <p className="bo-line bo-quiet">{t('supplierOrders.ubl.help')}</p>
      <Facts
        facts={[
          [t('companies.siren'), supplier?.siren],
          ['SIRET', supplier?.siret],
          [t('supplierOrders.vat'), supplier?.vatNumber],
          [t('supplierOrders.email'), supplier?.email],
          [t('supplierOrders.theirNumber'), order.supplierReference],
        ]}
      />
      <ExchangeActs order={order} onEdit={() => setEditing(true)} />
      {order.documents.map((document) => (
        <Answer key={`${document.kind} ${document.documentId}`} document={document} />
      ))}
      {editing && (
        <SidePanel itemKey="supplier" title={order.supplierName} onClose={() => setEditing(false)}>
          <SupplierForm order={order} onClose={() => setEditing(false)} />
        </SidePanel>
      )}
    </Card>
  )
}

function ExchangeActs({ order, onEdit }: { order: SupplierOrder; onEdit: () => void }) {
  const t = useT()
  const can = useCan()
  const take = useAct({
    act: async (file: File, idempotencyKey) => {
      const body = { xml: await file.text() }
      return call(endpoints.receiveSupplierAnswer, { params: { supplierOrderId: order.id }, body }, { idempotencyKey })
    },
    touches: touchedBySupplierOrders,
    done: () => t('supplierOrders.answerTaken'),
  })
  const write = can('stock:write')
  return (
    <Group gap="xs" mt="sm">
      <Button
        component="a"
        href={`/api/v1/supplier-orders/${order.id}/ubl`}
        download={`${order.number}.xml`}
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('supplierOrders.getUbl')}
      </Button>
      {write && order.state === 'ordered' && (
        <FileButton accept=".xml,application/xml,text/xml" onChange={(file) => file && take.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={take.isPending}
              leftSection={<IconFileUpload size={16} aria-hidden />}
            >
              {t('supplierOrders.takeAnswer')}
            </Button>
          )}
        </FileButton>
      )}
      {write && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          {t('supplierOrders.identify')}
        </Button>
      )}
    </Group>
  )
}

function Answer({ document }: { document: SupplierDocument }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <section className="bo-line">
      <p>
        <strong>{t(`supplierOrders.answer.${document.kind}`, { number: document.documentId })}</strong>{' '}
        <span className="bo-quiet">{formatDate(document.receivedAt, locale, 'full')}</span>
      </p>
      {document.trackingId && (
        <p className="bo-quiet">
          {[t('supplierOrders.tracking', { number: document.trackingId }), document.carrier]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {document.note && <p>{t('supplierOrders.theirWords', { words: document.note })}</p>}
      <ul className="bo-plain-list">
        {document.lines.map((line, index) => (
          <li key={`${line.sku} ${index}`} className="bo-row-between">
            <span>
              {line.sku}
              {line.note && <span className="bo-block">{t('supplierOrders.theirWords', { words: line.note })}</span>}
              {line.lots.length > 0 && (
                <span className="bo-quiet bo-block bo-wrap">{line.lots.map(({ number }) => number).join(', ')}</span>
              )}
            </span>
            <span>
              {t(`supplierOrders.outcome.${line.outcome}`, { count: line.units ?? 0 })}
              {line.expectedOn && ` · ${formatDate(line.expectedOn, locale, 'weekdayShort', 'UTC')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function SupplierForm({ order, onClose }: { order: SupplierOrder; onClose: () => void }) {
  const t = useT()
  const { supplier } = order
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      siren: supplier?.siren ?? '',
      siret: supplier?.siret ?? '',
      vatNumber: supplier?.vatNumber ?? '',
      email: supplier?.email ?? '',
    },
    schema: endpoints.putSupplier.body,
    toBody: (values) => ({
      siren: values.siren || null,
      siret: values.siret || null,
      vatNumber: values.vatNumber || null,
      email: values.email || null,
    }),
    send: (body) => call(endpoints.putSupplier, { params: { supplierOrderId: order.id }, body }),
    onDone: () => {
      tellDone(t('documents.saved'))
      void refresh(...touchedBySupplierOrders)
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('companies.siren')} inputMode="numeric" {...form.getInputProps('siren')} />
        <TextInput label="SIRET" inputMode="numeric" {...form.getInputProps('siret')} />
        <TextInput label={t('supplierOrders.vat')} {...form.getInputProps('vatNumber')} />
        <TextInput label={t('supplierOrders.email')} type="email" {...form.getInputProps('email')} />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}
