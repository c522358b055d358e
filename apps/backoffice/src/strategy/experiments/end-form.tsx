import { useState } from 'react'
import { Button, Select, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Experiment } from '@ecluse/contracts/experiments.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'

const none = 'none!'

/** What is kept of an experiment, and why: from then on everybody gets it. */
export function EndForm({ experiment, onClose }: { experiment: Experiment; onClose: () => void }) {
  const t = useT()
  const [arm, setArm] = useState(none)
  const [why, setWhy] = useState('')
  const params = { experimentId: experiment.id }
  const end = useAct({
    act: () => call(endpoints.endExperiment, { params, body: { arm: arm === none ? null : arm, why } }),
    touches: ['/strategy/experiments'],
    done: () => t('experiment.ended'),
    onDone: onClose,
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        end.mutate()
      }}
    >
      <p className="bo-line">{t('experiment.end.help')}</p>
      <Select
        label={t('experiment.kept')}
        allowDeselect={false}
        data={[
          { value: none, label: t('experiment.kept.none') },
          ...experiment.design.arms.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        value={arm}
        onChange={(value) => setArm(value ?? none)}
      />
      <Textarea
        label={t('experiment.why')}
        required
        autosize
        minRows={2}
        value={why}
        onChange={({ currentTarget: { value } }) => setWhy(value)}
      />
      <Button type="submit" loading={end.isPending} disabled={why.trim() === ''}>
        {t('experiment.end')}
      </Button>
    </form>
  )
}
