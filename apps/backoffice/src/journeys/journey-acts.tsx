import { useState } from 'react'
import { Button, Modal, Textarea } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRocket, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import type { DraftDesk } from './use-draft.ts'

type Props = { journey: Journey; desk: DraftDesk }
type Dialog = 'publish' | 'pause' | 'stop' | null
const touched = ['/journeys', '/contact-calendar']

/** What one may do with a journey, as it stands. */
export function JourneyActs({ journey, desk }: Props) {
  const t = useT()
  const [open, setOpen] = useState<Dialog>(null)
  const params = { journeyId: journey.id }
  const resume = useAct({
    act: () => call(endpoints.resumeJourney, { params }),
    touches: touched,
    done: () => t('journeys.resumed'),
  })
  const { state, publishedVersion, changedSince } = journey
  return (
    <>
      {publishedVersion === null && <DeleteButton journey={journey} desk={desk} />}
      {(state === 'running' || state === 'paused') && (
        <Button
          variant="subtle"
          color="coral"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => setOpen('stop')}
        >
          {t('journeys.stop')}
        </Button>
      )}
      {state === 'running' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => setOpen('pause')}
        >
          {t('journeys.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t('journeys.resume')}
        </Button>
      )}
      {state !== 'stopped' && (publishedVersion === null || changedSince || desk.state !== 'saved') && (
        <Button leftSection={<IconRocket size={16} aria-hidden />} onClick={() => setOpen('publish')}>
          {t(publishedVersion === null ? 'journeys.publish' : 'journeys.publish.changes')}
        </Button>
      )}
      {open === 'publish' && <PublishDialog journey={journey} desk={desk} onClose={() => setOpen(null)} />}
      {(open === 'pause' || open === 'stop') && (
        <ReasonDialog journey={journey} act={open} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

function DeleteButton({ journey, desk }: Props) {
  const t = useT()
  const navigate = useNavigate()
  const { name, description, graph, settings } = desk.draft
  const remove = useAct({
    act: () => call(endpoints.deleteJourney, { params: { journeyId: journey.id } }),
    // Its own page would ask for it once more.
    touches: [],
    done: () => t('journeys.deleted', { name }),
    undo: () =>
      call(endpoints.createJourney, { body: { name, description, graph, settings } }).then(() => refresh('/journeys')),
    onDone: () => void navigate({ to: '/journeys' }).then(() => refresh('/journeys')),
  })
  return (
    <Button
      variant="subtle"
      color="coral"
      leftSection={<IconTrash size={16} aria-hidden />}
      loading={remove.isPending}
      onClick={() => remove.mutate()}
    >
      {t('journeys.delete')}
    </Button>
  )
}

/** Pausing and stopping are told to all, with the reason. */
function ReasonDialog({ journey, act, onClose }: { journey: Journey; act: 'pause' | 'stop'; onClose: () => void }) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const endpoint = act === 'pause' ? endpoints.pauseJourney : endpoints.stopJourney
  const send = useAct({
    act: () => call(endpoint, { params: { journeyId: journey.id }, body: { reason: reason.trim() } }),
    touches: touched,
    done: () => t(`journeys.${act}.done`),
    quiet: true,
    onDone: onClose,
  })
  const missing = reason.trim() === ''
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`journeys.${act}.title`, { name: journey.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        className="bo-journey-fields"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!missing) send.mutate()
        }}
      >
        <FormProblem error={send.error} />
        <p className="bo-line">{t(`journeys.${act}.help`, { count: journey.people.inside })}</p>
        <Textarea
          label={t('journeys.why')}
          description={t('journeys.why.help')}
          required
          data-autofocus
          maxLength={300}
          autosize
          minRows={2}
          value={reason}
          error={tried && missing ? t('field.required') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormEnd onCancel={onClose} busy={send.isPending} label={t(`journeys.${act}`)} />
      </form>
    </Modal>
  )
}
