import { useState, type ReactNode } from 'react'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { TallyLines } from './tally-lines.tsx'
import { TallyScan } from './tally-scan.tsx'
import { allThere, needsReason, tallied, type TallyLine, type TallyLots } from './tally.ts'

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
  lots,
  placeId,
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
  /** How lots of followed articles are named. */
  lots?: TallyLots
  /** Where they lie. */
  placeId?: string
  saveLabel: string
  saveIcon: ReactNode
  busy: boolean
  onSave: (tally: Tallied) => void
}) {
  const [lines, setLines] = useState(start)
  const [current, setCurrent] = useState<string>()
  const [closes, setCloses] = useState(false)
  const [note, setNote] = useState('')
  const asks = typeof completeness === 'object'
  const complete = asks ? closes : completeness
  const unexplained =
    reasons.length > 0 && lines.some((line) => needsReason(line, complete) && line.reasonCode === null)
  return (
    <Card title={title}>
      <TallyScan
        lines={lines}
        lots={lots}
        onScan={(next, variantId) => {
          setLines(next)
          setCurrent(variantId)
        }}
      />
      <TallyLines {...{ lines, reasons, complete, lots, placeId, current }} onChange={setLines} />
      <TallyEnd
        ask={asks ? completeness.ask : null}
        closes={closes}
        note={withNote ? note : null}
        onCloses={setCloses}
        onNote={setNote}
      />
      <TallyFoot
        lines={lines}
        onAll={() => setLines(allThere(lines, lots))}
        save={
          <Button
            leftSection={saveIcon}
            disabled={(tallied(lines).units === 0 && !complete) || unexplained}
            loading={busy}
            onClick={() => onSave({ lines, complete, note })}
          >
            {saveLabel}
          </Button>
        }
      />
    </Card>
  )
}

/** Always in reach of the thumb: everything is there, how far one is, and the act. */
function TallyFoot({ lines, onAll, save }: { lines: readonly TallyLine[]; onAll: () => void; save: ReactNode }) {
  const t = useT()
  const { expected, units } = tallied(lines)
  return (
    <div className="bo-doc-foot">
      <Button variant="default" leftSection={<IconChecks size={18} aria-hidden />} onClick={onAll}>
        {t('documents.allThere')}
      </Button>
      <span className="tabular" role="status">
        {t('documents.ofUnits', { count: units, total: expected })}
      </span>
      {save}
    </div>
  )
}

/** Whether nothing more will come, and what else is to be noted. */
function TallyEnd(props: {
  ask: string | null
  closes: boolean
  note: string | null
  onCloses: (closes: boolean) => void
  onNote: (note: string) => void
}) {
  const t = useT()
  const { ask, closes, note } = props
  return (
    <div className="bo-stack bo-doc-end">
      {ask !== null && (
        <Checkbox label={ask} checked={closes} onChange={(event) => props.onCloses(event.currentTarget.checked)} />
      )}
      {note !== null && (
        <Textarea
          label={t('documents.note')}
          maxLength={500}
          autosize
          value={note}
          onChange={(event) => props.onNote(event.currentTarget.value)}
        />
      )}
    </div>
  )
}
