import { useState, type KeyboardEvent } from 'react'
import { ActionIcon, Autocomplete, Button, NumberInput, TextInput } from '@mantine/core'
import { IconBarcode, IconX } from '@tabler/icons-react'
import type { LotUnits, ShelfLot } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { formatDate } from '../../format.ts'
import { useWords } from '../words.ts'
import { addLabel, readLabel, unitsIn } from './lot-draft.ts'
import './lots-field.css'

type Props = {
  /** The article's name, for those who do not see. */
  of: string
  tracking: StockTracking
  lots: readonly LotUnits[]
  /** How many units are to be named; null when that is not known. */
  wanted: number | null
  /** How many units a lot that is typed is taken to have, where `wanted` does not say. */
  usual?: number
  /** What lies there, first expired first: proposed while one types. */
  shelf?: readonly ShelfLot[]
  /** Units come in: a lot that comes for the first time says until when it is good. */
  incoming?: boolean
  disabled?: boolean
  onChange: (lots: readonly LotUnits[]) => void
}

/** Names the lots or the serial numbers of some units: scan or type, one after the other. */
export function LotsField({
  of,
  tracking,
  lots,
  wanted,
  usual = 1,
  shelf = [],
  incoming = false,
  disabled,
  onChange,
}: Props) {
  const t = useWords()
  const serial = tracking.mode === 'serial'
  const named = unitsIn(lots)
  return (
    <div className="staff-lots">
      <LotInput
        {...{ of, tracking, lots, shelf, disabled }}
        left={wanted === null ? usual : wanted - named}
        onChange={onChange}
      />
      {lots.length > 0 && (
        <ul>
          {lots.map((lot) => (
            <li key={lot.number}>
              <span className="staff-lots-number">{lot.number}</span>
              {!serial && (
                <LotFigures
                  lot={lot}
                  asksDate={incoming && tracking.withExpiry}
                  disabled={disabled}
                  onChange={(next) => onChange(lots.map((one) => (one === lot ? next : one)))}
                />
              )}
              <ActionIcon
                size={44}
                variant="subtle"
                color="gray"
                disabled={disabled}
                aria-label={t('ui.lots.remove', { number: lot.number })}
                onClick={() => onChange(lots.filter((one) => one !== lot))}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {wanted !== null && (
        <p
          className="staff-lots-count"
          role="status"
          data-short={(named !== wanted && (serial || named > 0)) || undefined}
        >
          {t(serial ? 'ui.lots.serialsOf' : 'ui.lots.unitsOf', { count: named, total: wanted })}
        </p>
      )}
    </div>
  )
}

/** Where a scanner types a label and Enter, and a person a number. */
function LotInput({
  of,
  tracking,
  lots,
  shelf,
  left,
  disabled,
  onChange,
}: Pick<Props, 'of' | 'tracking' | 'lots' | 'disabled' | 'onChange'> & { shelf: readonly ShelfLot[]; left: number }) {
  const t = useWords()
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const serial = tracking.mode === 'serial'
  const open = shelf.filter(({ number }) => number !== null && !lots.some((lot) => lot.number === number))
  const add = (typed: string): void => {
    const label = readLabel(typed, tracking.mode, new Date())
    if (!label) {
      setProblem(typed.trim() === '' ? null : t('ui.lots.noNumber'))
      return
    }
    const lies = open.find(({ number }) => number === label.number)?.units
    const next = addLabel(lots, label, tracking.mode, lies === undefined ? left : Math.min(left, lies))
    setProblem(next ? null : t('ui.lots.twice', { number: label.number }))
    setText('')
    if (next) onChange(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return
    event.preventDefault()
    add(event.currentTarget.value)
  }
  const said = (number: string): string => {
    const lot = shelf.find((one) => one.number === number)
    if (!lot) return number
    const until = lot.expiresOn ? t('ui.lots.until', { day: formatDate(lot.expiresOn, locale) }) : null
    return [number, until, serial ? null : t('ui.lots.units', { count: lot.units })].filter(Boolean).join(' · ')
  }
  return (
    <div className="staff-lots-input">
      <Autocomplete
        label={t(serial ? 'ui.lots.serial' : 'ui.lots.lot')}
        aria-label={t(serial ? 'ui.lots.serialOf' : 'ui.lots.lotOf', { name: of })}
        data={open.map(({ number }) => number ?? '')}
        renderOption={({ option }) => said(option.value)}
        value={text}
        error={problem}
        disabled={disabled}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        leftSection={<IconBarcode size={20} stroke={1.5} aria-hidden />}
        onChange={(value) => {
          setText(value)
          setProblem(null)
        }}
        onOptionSubmit={(value) => {
          add(value)
          // Mantine writes the choice into the field after this.
          setTimeout(() => setText(''))
        }}
        onKeyDown={onKeyDown}
      />
      <Button variant="default" disabled={disabled || text.trim() === ''} onClick={() => add(text)}>
        {t('ui.lots.add')}
      </Button>
    </div>
  )
}

/** How many units of a lot, and until when it is good. */
function LotFigures({
  lot,
  asksDate,
  disabled,
  onChange,
}: {
  lot: LotUnits
  asksDate: boolean
  disabled: boolean | undefined
  onChange: (lot: LotUnits) => void
}) {
  const t = useWords()
  const { number } = lot
  return (
    <>
      <NumberInput
        className="staff-lots-units"
        aria-label={t('ui.lots.unitsOfLot', { number })}
        value={lot.units}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        hideControls
        inputMode="numeric"
        disabled={disabled}
        onChange={(value) => onChange({ ...lot, units: Math.max(1, Number(value) || 1) })}
      />
      {asksDate && (
        <TextInput
          type="date"
          aria-label={t('ui.lots.untilOf', { number })}
          description={t('ui.lots.goodUntil')}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          value={lot.expiresOn ?? ''}
          disabled={disabled}
          onChange={(event) => {
            const { expiresOn: _, ...rest } = lot
            const day = event.currentTarget.value
            onChange(day === '' ? rest : { ...rest, expiresOn: day })
          }}
        />
      )}
    </>
  )
}
