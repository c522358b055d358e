import { useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ObjectiveDetail, ObjectiveNote } from '@ecluse/contracts/objectives.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatPercent } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { useObjectiveWords } from './objective-words.ts'

/** What was said at reviews and what was changed, the latest first, each with its author. */
export function ObjectiveNotes({ objective }: { objective: ObjectiveDetail }) {
  const t = useT()
  const can = useCan()
  const [text, setText] = useState('')
  const add = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.addObjectiveNote, { params: { objectiveId: objective.id }, body: { text } }, { idempotencyKey }),
    touches: ['/objectives'],
    onDone: () => setText(''),
  })
  return (
    <Card title={t('objectives.notes')}>
      <div className="bo-stack">
        {can('strategy:write') && (
          <form
            className="bo-stack"
            onSubmit={(event) => {
              event.preventDefault()
              add.mutate()
            }}
          >
            <Textarea
              label={t('objectives.note')}
              autosize
              minRows={2}
              maxLength={2_000}
              value={text}
              onChange={({ currentTarget: { value } }) => setText(value)}
            />
            <Button
              type="submit"
              w="fit-content"
              variant="default"
              loading={add.isPending}
              disabled={text.trim() === ''}
            >
              {t('objectives.note.add')}
            </Button>
          </form>
        )}
        {objective.notes.length === 0 ? (
          <p className="bo-line bo-quiet">{t('objectives.notes.none')}</p>
        ) : (
          <ul className="bo-notes">
            {objective.notes.map((note) => (
              <li key={note.id}>
                <span className="bo-quiet">
                  {t(`objectives.note.${note.kind}`)} · {note.by ?? t('objectives.byItself')} ·{' '}
                  <RelativeTime at={note.at} />
                </span>
                {note.text && <p>{note.text}</p>}
                {note.changes.map((change) => (
                  <Changed key={change.field} objective={objective} change={change} />
                ))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}

function Changed({ objective, change }: { objective: ObjectiveDetail; change: ObjectiveNote['changes'][number] }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useObjectiveWords()
  const { field, before, after } = change
  const said = (value: string): string => {
    if (field === 'target') return words.value(objective, Number(value))
    if (field === 'until') return words.month(value)
    return field === 'alertBelow' ? formatPercent(Number(value), locale, 0) : value
  }
  return (
    <p className="bo-quiet">
      {t('objectives.changed', { field: t(`objectives.${field}`), before: said(before), after: said(after) })}
    </p>
  )
}
