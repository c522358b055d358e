import { useState, type FormEvent } from 'react'
import { Button, Stack, Textarea } from '@mantine/core'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { FormEnd } from '../../common/form-end.tsx'
import { readAreas, textOfAreas, type Area } from './areas-text.ts'
import { useOutletWords } from './outlet-words.ts'
import type { QuestionFields } from './study-draft.ts'

/** As many as are read at a glance; the others are in the text. */
const shownAreas = 12

/** Where people live and what they buy. */
export function AreasCard({ question: { areas }, set }: QuestionFields) {
  const t = useT()
  const w = useOutletWords()
  const [writing, setWriting] = useState(false)
  const shown = areas.toSorted((one, other) => other.spend - one.spend).slice(0, shownAreas)
  const spend = areas.reduce((sum, area) => sum + area.spend, 0)
  return (
    <Card title={t('outlets.areas', { count: areas.length })}>
      <div className="bo-stack">
        <p className="bo-line bo-quiet">{t('outlets.areas.help', { spend: w.money(spend) })}</p>
        {shown.length > 0 && (
          <FigureTable label={t('outlets.areas', { count: areas.length })} narrow>
            <thead>
              <tr>
                <th scope="col">{t('outlets.area')}</th>
                <th scope="col">{t('outlets.spend')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ country, postalCode, name, spend: bought }) => (
                <tr key={`${country} ${postalCode} ${name}`}>
                  <th scope="row">{[country === 'FR' ? '' : country, postalCode, name].filter(Boolean).join(' ')}</th>
                  <td>{w.money(bought)}</td>
                </tr>
              ))}
            </tbody>
          </FigureTable>
        )}
        {areas.length > shown.length && (
          <p className="bo-line bo-quiet">{t('outlets.areas.others', { count: areas.length - shown.length })}</p>
        )}
        <Button variant="default" w="fit-content" onClick={() => setWriting(true)}>
          {t('outlets.areas.change')}
        </Button>
      </div>
      {writing && (
        <SidePanel itemKey="areas" title={t('outlets.areas.change')} onClose={() => setWriting(false)}>
          <AreasForm
            areas={areas}
            onClose={() => setWriting(false)}
            onDone={(next) => {
              set({ areas: next })
              setWriting(false)
            }}
          />
        </SidePanel>
      )}
    </Card>
  )
}

function AreasForm({
  areas,
  onClose,
  onDone,
}: {
  areas: readonly Area[]
  onClose: () => void
  onDone: (areas: Area[]) => void
}) {
  const t = useT()
  const [text, setText] = useState(() => textOfAreas(areas))
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readAreas(text)
    if ('areas' in read) onDone(read.areas)
    else setProblem(t(`outlets.areas.problem.${read.problem}`, { line: read.line }))
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Textarea
          label={t('outlets.areas.lines')}
          description={t('outlets.areas.lines.help')}
          autosize
          minRows={12}
          maxRows={30}
          spellCheck={false}
          value={text}
          error={problem}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        <FormEnd onCancel={onClose} busy={false} label={t('outlets.areas.put')} />
      </Stack>
    </form>
  )
}
