import { Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { NewStudy, Study, StudyChange } from '@ecluse/contracts/studies.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'

const touches = ['/strategy/studies']

/** Saves a study, or deletes it. */
export function KeepStudy({
  study,
  draft,
  changed,
  complete = true,
  onKept,
  onMade,
  onDeleted,
}: {
  /** As it was kept; null when it never was. */
  study: Study | null
  draft: NewStudy
  changed: boolean
  /** Whether nothing but the name could be missing. */
  complete?: boolean
  /** What was kept: more may have been typed since. */
  onKept: (draft: NewStudy) => void
  onMade: (study: Study) => void
  onDeleted: () => void
}) {
  const t = useT()
  const write = useAct({
    act: (body: NewStudy, idempotencyKey) =>
      study
        ? call(endpoints.updateStudy, {
            params: { studyId: study.id },
            body: { ...body, revision: study.revision } satisfies StudyChange,
          })
        : call(endpoints.createStudy, { body }, { idempotencyKey }),
    touches,
    done: () => t('studies.saved'),
    onDone: (kept, body) => {
      onKept(body)
      if (!study) onMade(kept)
    },
  })
  const remove = useAct({
    act: () => call(endpoints.deleteStudy, { params: { studyId: study?.id ?? '' } }),
    touches: [],
    done: () => t('studies.deleted'),
    undo: () => call(endpoints.createStudy, { body: draft }),
    onDone: onDeleted,
  })
  if (!useCan()('strategy:write')) return null
  return (
    <>
      {study && (
        <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('studies.delete')}
        </Button>
      )}
      <Button
        loading={write.isPending}
        disabled={!changed || !complete || draft.name.trim() === ''}
        onClick={() => write.mutate(draft)}
      >
        {t('app.save')}
      </Button>
    </>
  )
}
