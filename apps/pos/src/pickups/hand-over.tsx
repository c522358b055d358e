import { useState, type FormEvent } from 'react'
import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { IconAlertCircle, IconQrcode } from '@tabler/icons-react'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { touchedByPickup } from './pickup-queries.ts'

/** Hands over to whoever shows the code: it is typed or scanned, never read from this screen. */
export function HandOver({ pickup, typed }: { pickup: Fulfillment; typed: string }) {
  const t = useT()
  // A search by this very code found the order: the customer has shown it already.
  const [code, setCode] = useState(sameCode(typed, pickup.pickupCode) ? typed.trim() : '')
  const [scanning, setScanning] = useState(false)
  const [collectedBy, setCollectedBy] = useState('')
  const handOver = useAct({
    act: (pickupCode: string) =>
      call(endpoints.handOver, {
        params: { fulfillmentId: pickup.id },
        body: { pickupCode, ...(collectedBy.trim() === '' ? {} : { collectedBy: collectedBy.trim() }) },
      }),
    touches: touchedByPickup,
    done: () => t('handOver.done', { name: pickup.customerName ?? pickup.orderNumber }),
    quiet: true,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (code.trim() !== '') handOver.mutate(code.trim())
  }
  const isWrong = handOver.error instanceof ApiError && handOver.error.problem.code === 'fulfillment.wrong_code'
  return (
    <form noValidate onSubmit={submit} className="pos-hand-over">
      <Stack gap="sm">
        {handOver.isError && (
          <Alert
            color="red"
            role="alert"
            icon={<IconAlertCircle aria-hidden />}
            title={isWrong ? t('handOver.wrong') : undefined}
          >
            {isWrong ? t('handOver.wrong.help', { name: pickup.customerName ?? '' }) : messageOf(handOver.error)}
          </Alert>
        )}
        <TextInput
          size="lg"
          label={t('handOver.code')}
          description={t('handOver.help')}
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          leftSection={<IconQrcode size={24} stroke={1.5} aria-hidden />}
          rightSectionWidth={60}
          rightSection={<CameraButton onOpen={() => setScanning(true)} />}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          size="lg"
          label={t('handOver.by', { name: pickup.customerName ?? t('pickups.noName') })}
          description={pickup.collectorName && t('handOver.named', { name: pickup.collectorName })}
          value={collectedBy}
          autoComplete="off"
          maxLength={120}
          onChange={(event) => setCollectedBy(event.currentTarget.value)}
        />
        <Button type="submit" size="lg" fullWidth loading={handOver.isPending} disabled={code.trim() === ''}>
          {t('handOver.confirm')}
        </Button>
      </Stack>
      {scanning && <CameraScan onCode={setCode} onClose={() => setScanning(false)} />}
    </form>
  )
}

/** Codes are read in any case, with or without dashes; O is 0, I and L are 1. */
function sameCode(typed: string, code: string | null): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return code !== null && plain(typed) !== '' && plain(typed) === plain(code)
}
