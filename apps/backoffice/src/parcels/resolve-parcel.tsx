import { useState } from 'react'
import { Checkbox, Modal, Radio, Stack } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Parcel } from '@ecluse/contracts/parcels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { touchedByParcel } from './parcel-queries.ts'

/** Decides about what was in a parcel that did not arrive: sent again, or refunded. Money is asked for twice, so it is not undone. */
export function ResolveParcel({ parcel, onClose }: { parcel: Parcel; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [choice, setChoice] = useState<'reship' | 'refund'>('reship')
  const cameBack = parcel.state === 'returned_to_sender'
  const [restock, setRestock] = useState(cameBack)
  const resolve = useAct({
    act: (_: void, key) =>
      call(
        endpoints.resolveParcel,
        {
          params: { fulfillmentId: parcel.fulfillmentId, parcelId: parcel.id },
          body: { choice, restock: cameBack && restock },
        },
        { idempotencyKey: key },
      ),
    quiet: true,
    touches: touchedByParcel,
    done: ({ refund }) =>
      refund === null ? t('parcels.reshipped') : t('parcels.refunded', { amount: formatMoney(refund, locale) }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('parcels.decide.title', { position: parcel.position })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          resolve.mutate()
        }}
      >
        <Stack gap="md">
          <FormProblem error={resolve.error} />
          <Radio.Group
            label={t('parcels.decide.what')}
            value={choice}
            onChange={(value) => setChoice(value === 'refund' ? 'refund' : 'reship')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="reship" label={t('parcels.reship')} description={t('parcels.reship.help')} />
              <Radio value="refund" label={t('parcels.refund')} description={t('parcels.refund.help')} />
            </Stack>
          </Radio.Group>
          {cameBack && (
            <Checkbox
              label={t('parcels.restock', { site: parcel.siteName })}
              checked={restock}
              onChange={(event) => setRestock(event.currentTarget.checked)}
            />
          )}
          <FormEnd onCancel={onClose} busy={resolve.isPending} label={t('parcels.decide.save')} />
        </Stack>
      </form>
    </Modal>
  )
}
