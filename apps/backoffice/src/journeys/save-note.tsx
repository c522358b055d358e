import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { messageOf } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { DraftDesk } from './use-draft.ts'

/** Whether what is written is kept; read aloud when it changes. */
export function SaveNote({ desk: { state } }: { desk: DraftDesk }) {
  const t = useT()
  return (
    <p className="bo-journey-saved" role="status" data-state={state}>
      {t(`journeys.save.${state}`)}
    </p>
  )
}

/** Somebody else changed the draft meanwhile, or it could not be kept: what to do. */
export function SaveProblem({ desk }: { desk: DraftDesk }) {
  const t = useT()
  if (desk.state === 'conflict') {
    return (
      <Alert
        color="yellow"
        role="alert"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('journeys.conflict')}
        className="bo-journey-conflict"
      >
        <p className="bo-line">{t('journeys.conflict.help')}</p>
        <Group gap="sm" mt="sm">
          <Button variant="default" onClick={() => void desk.takeTheirs()}>
            {t('journeys.conflict.theirs')}
          </Button>
          <Button variant="default" onClick={() => void desk.keepMine()}>
            {t('journeys.conflict.mine')}
          </Button>
        </Group>
      </Alert>
    )
  }
  if (desk.state !== 'failed') return null
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('journeys.save.failed')}>
      <p className="bo-line">{messageOf(desk.problem)}</p>
      <Button variant="default" mt="sm" onClick={() => void desk.saveNow()}>
        {t('app.retry')}
      </Button>
    </Alert>
  )
}
