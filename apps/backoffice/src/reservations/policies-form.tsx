import { useState } from 'react'
import { Button, Modal, NumberInput, Select, Skeleton, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReservationPolicy } from '@ecluse/contracts/reservations.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** What each shop lets people reserve, and for how long. */
export function PoliciesForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const policies = useQuery(apiQuery(endpoints.listReservationPolicies, {}))
  return (
    <Modal opened onClose={onClose} title={t('reservation.rules')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      {policies.data ? <Choice policies={policies.data.items} onClose={onClose} /> : <Skeleton height={260} />}
    </Modal>
  )
}

function Choice({ policies, onClose }: { policies: readonly ReservationPolicy[]; onClose: () => void }) {
  const t = useT()
  const [siteId, setSiteId] = useState(policies[0]?.siteId)
  const policy = policies.find((one) => one.siteId === siteId)
  return (
    <div className="bo-stack">
      <Select
        label={t('orders.site')}
        data={policies.map((one) => ({ value: one.siteId, label: one.siteName }))}
        value={siteId}
        allowDeselect={false}
        searchable
        onChange={(value) => setSiteId(value ?? undefined)}
      />
      {policy && <Fields key={policy.siteId} start={policy} onClose={onClose} />}
    </div>
  )
}

function Fields({ start, onClose }: { start: ReservationPolicy; onClose: () => void }) {
  const t = useT()
  const [policy, setPolicy] = useState(start)
  const save = useAct({
    act: ({ siteId, siteName: _, ...body }: ReservationPolicy) =>
      call(endpoints.putReservationPolicy, { params: { siteId }, body }),
    touches: ['/reservation-policies'],
    done: ({ siteName }) => t('reservation.rules.saved', { site: siteName }),
    onDone: onClose,
  })
  const number = (name: 'openDays' | 'mostUnits' | 'mostOpen', min: number, max: number) => (
    <NumberInput
      label={t(`reservation.rules.${name}`)}
      description={name === 'openDays' ? t('reservation.rules.openDays.help') : undefined}
      value={policy[name]}
      min={min}
      max={max}
      allowDecimal={false}
      disabled={!policy.active}
      onChange={(value) => setPolicy({ ...policy, [name]: Math.min(max, Math.max(min, Number(value))) })}
    />
  )
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(policy)
      }}
    >
      <Switch
        label={t('reservation.rules.active')}
        checked={policy.active}
        onChange={(event) => setPolicy({ ...policy, active: event.currentTarget.checked })}
      />
      {number('openDays', 0, 14)}
      {number('mostUnits', 1, 50)}
      {number('mostOpen', 1, 20)}
      <Button type="submit" loading={save.isPending}>
        {t('app.save')}
      </Button>
    </form>
  )
}
