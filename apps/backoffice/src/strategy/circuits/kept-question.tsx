import { useState, type ReactNode } from 'react'
import { Group, Select, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { NewStudy, Study, StudyQuestion } from '@ecluse/contracts/studies.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { UndoButtons } from '../../common/undo-buttons.tsx'
import { useHistory } from '../../common/use-history.ts'
import { useAmounts } from '../scenarios/amounts.ts'
import { KeepStudy } from '../studies/keep-study.tsx'

const route = getRouteApi('/circuits')

type Kind = 'direct_channel' | 'circuits'
type Fields<K extends Kind> = {
  given: StudyQuestion<K>
  set: (patch: Partial<StudyQuestion<K>>) => void
}

/** What is asked of circuits: begun anew or from a study, taken back, and kept under a name. */
export function KeptQuestion<K extends Kind>({
  kind,
  start,
  children,
}: {
  kind: K
  start: StudyQuestion<K>
  children: (fields: Fields<K>) => ReactNode
}) {
  const { study: studyId } = route.useSearch()
  const query = useQuery({
    ...apiQuery(endpoints.getStudy, { params: { studyId: studyId ?? '' } }),
    enabled: studyId !== undefined,
  })
  if (studyId === undefined)
    return (
      <Desk key="new" kind={kind} study={null} start={start}>
        {children}
      </Desk>
    )
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={420} />
  const study = query.data.kind === kind ? query.data : null
  return (
    <Desk key={studyId} kind={kind} study={study} start={study ? (study.question as StudyQuestion<K>) : start}>
      {children}
    </Desk>
  )
}

function Desk<K extends Kind>({
  kind,
  study,
  start,
  children,
}: {
  kind: K
  study: Study | null
  start: StudyQuestion<K>
  children: (fields: Fields<K>) => ReactNode
}) {
  const t = useT()
  const can = useCan()
  const { day } = useAmounts()
  const navigate = route.useNavigate()
  const { tab } = route.useSearch()
  const { history, set, undo, redo } = useHistory(() => ({ name: study?.name ?? '', question: start }))
  const [kept, setKept] = useState<Pick<NewStudy, 'name' | 'question'> | null>(study ? history.now : null)
  const { name, question } = history.now
  const open = (id: string | undefined) => void navigate({ search: { tab, study: id } })
  return (
    <div className="bo-stack">
      <Group align="end" gap="xs">
        <StudyChoice kind={kind} study={study} onChoose={open} />
        {can('strategy:write') && (
          <TextInput
            label={t('studies.name')}
            maxLength={200}
            value={name}
            onChange={({ currentTarget: { value } }) => set((before) => ({ ...before, name: value }))}
          />
        )}
        <UndoButtons history={history} undo={undo} redo={redo} />
        <KeepStudy
          study={study}
          draft={{ kind, name, question } as NewStudy}
          changed={kept?.name !== name || kept.question !== question}
          onKept={setKept}
          onMade={({ id }) => open(id)}
          onDeleted={() => open(undefined)}
        />
      </Group>
      {study && (
        <p className="bo-line bo-quiet">{t('studies.source', { day: day(study.savedAt), by: study.savedBy ?? '–' })}</p>
      )}
      {children({
        given: question,
        set: (patch) => set((before) => ({ ...before, question: { ...before.question, ...patch } })),
      })}
    </div>
  )
}

/** The studies there are; none chosen, one begins anew. */
function StudyChoice({
  kind,
  study,
  onChoose,
}: {
  kind: Kind
  study: Study | null
  onChoose: (id: string | undefined) => void
}) {
  const t = useT()
  const { data } = useQuery(apiQuery(endpoints.listStudies, { query: { kind } }))
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <Select
      label={t('studies.kept')}
      placeholder={t('studies.new')}
      clearable
      clearButtonProps={{ 'aria-label': t('studies.new') }}
      w={{ base: '100%', xs: 340 }}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={study?.id ?? null}
      onChange={(id) => onChoose(id ?? undefined)}
    />
  )
}
