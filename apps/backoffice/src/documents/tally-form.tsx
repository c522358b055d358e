import { useState, type ReactNode } from 'react'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { TallyLines } from './tally-lines.tsx'
import { TallyScan } from './tally-scan.tsx'
import { allThere, needsReason, tallied, type TallyLine } from './tally.ts'

/** What was tallied, as it is saved. */
export type Tallied = { readonly lines: readonly TallyLine[]; readonly complete: boolean; readonly note: string }

/**
 * Counts what came or leaves, against what is expected: scan or type, everything at once, and why where it differs.
 * @param complete whether what nobody has touched is missing; `ask` lets the person say it
 */
export function TallyForm({
  title,
  start,
  reasons,
  complete: completeness,
  withNote = false,
  saveLabel,
  saveIcon,
  busy,
  onSave,
}: {
  title: string
  start: readonly TallyLine[]
  reasons: readonly ReasonCode[]
  complete: boolean | { ask: string }
  withNote?: boolean
  saveLabel: string
  saveIcon: ReactNode
  busy: boolean
  onSave: (tally: Tallied) => void
}) {
  const t = useT()
  const [lines, setLines] = useState(start)
  const [current, setCurrent] = useState<string>()
  const [closes, setCloses] = useState(false)
  const [note, setNote] = useState('')
  const asks = typeof completeness === 'object'
  const complete = asks ? closes : completeness
  const { expected, units } = tallied(lines)
  const unexplained =
    reasons.length > 0 && lines.some((line) => needsReason(line, complete) && line.reasonCode === null)
  return (
    <Card title={title}>
      <TallyScan
        lines={lines}
        onScan={(next, variantId) => {
          setLines(next)
          setCurrent(variantId)
        }}
      />
      <TallyLines lines={lines} reasons={reasons} complete={complete} current={current} onChange={setLines} />
      <div className="bo-stack bo-doc-end">
        {asks && (
          <Checkbox
            label={completeness.ask}
            checked={closes}
            onChange={(event) => setCloses(event.currentTarget.checked)}
          />
        )}
        {withNote && (
          <Textarea
            label={t('documents.note')}
            maxLength={500}
            autosize
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
      </div>
      <div className="bo-doc-foot">
        <Button
          variant="default"
          leftSection={<IconChecks size={18} aria-hidden />}
          onClick={() => setLines(allThere(lines))}
        >
          {t('documents.allThere')}
        </Button>
        <span className="tabular" role="status">
          {t('documents.ofUnits', { count: units, total: expected })}
        </span>
        <Button
          leftSection={saveIcon}
          disabled={(units === 0 && !complete) || unexplained}
          loading={busy}
          onClick={() => onSave({ lines, complete, note })}
        >
          {saveLabel}
        </Button>
      </div>
    </Card>
  )
}
