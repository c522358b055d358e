import { useState } from 'react'
import { Button, Modal, NumberInput, Skeleton } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PickupRules } from '@ecluse/contracts/fulfillment.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** Opens the times of pick-ups. */
export function PickupRulesButton() {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('pickupRules.title')}
      </Button>
      {open && <PickupRulesForm onClose={() => setOpen(false)} />}
    </>
  )
}

/** How long what is ready waits: a reminder after some days, then back to stock and refunded. */
function PickupRulesForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const rules = useQuery(apiQuery(endpoints.getPickupRules, {}))
  return (
    <Modal opened onClose={onClose} title={t('pickupRules.title')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      {rules.data ? <Fields start={rules.data} onClose={onClose} /> : <Skeleton height={200} />}
    </Modal>
  )
}

function Fields({ start, onClose }: { start: PickupRules; onClose: () => void }) {
  const t = useT()
  const [rules, setRules] = useState(start)
  const save = useAct({
    act: (body: PickupRules) => call(endpoints.putPickupRules, { body }),
    touches: ['/pickup-rules'],
    done: () => t('pickupRules.saved'),
    onDone: onClose,
  })
  const wrong = rules.remindAfterDays >= rules.keepDays
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) save.mutate(rules)
      }}
    >
      <p>{t('pickupRules.help')}</p>
      <NumberInput
        label={t('pickupRules.remind')}
        value={rules.remindAfterDays}
        min={1}
        max={60}
        allowDecimal={false}
        onChange={(value) => setRules({ ...rules, remindAfterDays: Math.max(1, Number(value)) })}
      />
      <NumberInput
        label={t('pickupRules.keep')}
        value={rules.keepDays}
        min={2}
        max={90}
        allowDecimal={false}
        error={wrong && t('pickupRules.order')}
        onChange={(value) => setRules({ ...rules, keepDays: Math.max(2, Number(value)) })}
      />
      <Button type="submit" loading={save.isPending} disabled={wrong}>
        {t('app.save')}
      </Button>
    </form>
  )
}
