import { useState } from 'react'
import { Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OutletQuestion, OutletsToday } from '@ecluse/contracts/outlets.ts'
import type { NewStudy, StudyOf } from '@ecluse/contracts/studies.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { Page } from '../../common/page.tsx'
import { UndoButtons } from '../../common/undo-buttons.tsx'
import { useHistory } from '../../common/use-history.ts'
import { Judged, useJudged } from '../judged.tsx'
import { useAmounts } from '../scenarios/amounts.ts'
import { KeepStudy } from '../studies/keep-study.tsx'
import { AreasCard } from './areas-card.tsx'
import { CriteriaCard } from './criteria-card.tsx'
import { OutletsCard } from './outlets-card.tsx'
import { StudyAnswer } from './study-answer.tsx'
import type { StudyDraft } from './study-draft.ts'
import { TermsCard } from './terms-card.tsx'
import '../../insights/insights.css'
import '../../today/today.css'
import '../grid/grid.css'
import '../scenarios/scenarios.css'
import './outlets.css'

/** The question below its answer: whatever is changed is answered again, and can be taken back. */
export function StudyDesk({
  study,
  start,
  today,
}: {
  study: StudyOf<'outlets'> | null
  start: StudyDraft
  today?: OutletsToday
}) {
  const t = useT()
  const navigate = useNavigate()
  const { history, set, undo, redo } = useHistory(() => start)
  const [kept, setKept] = useState<Pick<NewStudy, 'name' | 'question'> | null>(study ? start : null)
  const { name, question } = history.now
  const fields = {
    question,
    set: (patch: Partial<OutletQuestion>) =>
      set((before) => ({ ...before, question: { ...before.question, ...patch } })),
  }
  const complete = question.areas.length > 0 && question.outlets.length > 0
  return (
    <Page
      title={name.trim() === '' ? t('outlets.new') : name}
      summary={<Source study={study} today={today} />}
      back={{ to: '/outlets', label: t('nav.outlets') }}
      acts={
        <Group gap="xs">
          <UndoButtons history={history} undo={undo} redo={redo} />
          <KeepStudy
            study={study}
            draft={{ kind: 'outlets', ...history.now }}
            changed={kept?.name !== name || kept.question !== question}
            complete={question.criteria.every(({ name: criterion }) => criterion.trim() !== '')}
            onKept={setKept}
            onMade={({ id }) => void navigate({ to: '/outlets/$studyId', params: { studyId: id } })}
            onDeleted={() => void navigate({ to: '/outlets' })}
          />
        </Group>
      }
    >
      <div className="bo-stack">
        {complete ? (
          <Answer question={question} />
        ) : (
          <EmptyState title={t('outlets.empty')} hint={t('outlets.empty.help')} />
        )}
        <TextInput
          label={t('studies.name')}
          maw={480}
          maxLength={200}
          value={name}
          onChange={({ currentTarget: { value } }) => set((before) => ({ ...before, name: value }))}
        />
        <CriteriaCard {...fields} />
        <OutletsCard {...fields} />
        <TermsCard {...fields} />
        <AreasCard {...fields} />
      </div>
    </Page>
  )
}

/** Who kept it when, or what it begins with. */
function Source({ study, today }: { study: StudyOf<'outlets'> | null; today: OutletsToday | undefined }) {
  const t = useT()
  const { day, number } = useAmounts()
  if (study) return t('studies.source', { day: day(study.savedAt), by: study.savedBy ?? '–' })
  if (!today) return null
  return t('outlets.read', { since: day(today.since), located: number(today.located), orders: number(today.orders) })
}

function Answer({ question }: { question: OutletQuestion }) {
  // A name that is being written anew is no reason to stop answering.
  const named = {
    ...question,
    criteria: question.criteria.map((one) => ({ ...one, name: one.name.trim() === '' ? one.code : one.name })),
  }
  const query = useJudged('outlets', named, (body) => call(endpoints.compareOutletPolicies, { body }))
  return <Judged query={query}>{(comparison) => <StudyAnswer comparison={comparison} question={question} />}</Judged>
}
