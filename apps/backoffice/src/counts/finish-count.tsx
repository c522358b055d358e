import { useState } from 'react'
import { Button, Checkbox, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFlagCheck } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockCount } from '@ecluse/contracts/stock-counts.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { touchedByCounts } from './touched.ts'

/** Ends the counting; says what becomes of what nobody has counted. */
export function FinishCount({ count, disabled }: { count: StockCount; disabled: boolean }) {
  const t = useT()
  const [asking, ask] = useDisclosure()
  const [zero, setZero] = useState(false)
  const left = count.lineCount - count.countedCount
  const finish = useAct({
    act: (_: void, key) =>
      call(
        endpoints.finishStockCount,
        { params: { countId: count.id }, body: { uncountedAreZero: zero } },
        { idempotencyKey: key },
      ),
    touches: touchedByCounts,
    onDone: ask.close,
  })
  return (
    <>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconFlagCheck size={18} aria-hidden />}
        onClick={ask.open}
      >
        {t('counts.finish')}
      </Button>
      {asking && (
        <Modal
          opened
          onClose={ask.close}
          title={t('counts.finishTitle')}
          closeButtonProps={{ 'aria-label': t('app.close') }}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              finish.mutate()
            }}
          >
            <Stack gap="md">
              <Text>{t('counts.finish.help', { left })}</Text>
              {left > 0 && (
                <Checkbox
                  label={t('counts.zero', { left })}
                  checked={zero}
                  onChange={(event) => setZero(event.currentTarget.checked)}
                />
              )}
              <FormEnd onCancel={ask.close} busy={finish.isPending} label={t('counts.finish')} />
            </Stack>
          </form>
        </Modal>
      )}
    </>
  )
}
