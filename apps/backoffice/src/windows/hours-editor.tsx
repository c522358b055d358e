import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'
import { nextHour, type HourDraft } from './zone-draft.ts'

/** Monday to Sunday, short. */
function useWeekdays(): string[] {
  const { locale } = useLocale()
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, index) => format.format(new Date(Date.UTC(2026, 2, 2 + index))))
}

/** The week of a zone: one line for each window of two hours, with how many deliveries each day takes; empty is none. */
export function HoursEditor({ hours, onChange }: { hours: HourDraft[]; onChange: (hours: HourDraft[]) => void }) {
  const t = useT()
  const weekdays = useWeekdays()
  const change = (index: number, patch: Partial<HourDraft>) =>
    onChange(hours.map((hour, at) => (at === index ? { ...hour, ...patch } : hour)))
  return (
    <div>
      <div className="bo-week-scroll">
        <table className="bo-hours-table">
          <caption>{t('windows.template')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('windows.from')}</th>
              {weekdays.map((weekday) => (
                <th key={weekday} scope="col">
                  {weekday}
                </th>
              ))}
              <th scope="col">{t('windows.cutOffHours')}</th>
              <th scope="col">{t('windows.feeEuros')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {hours.map((hour, index) => (
              <HourRow
                key={index}
                hour={hour}
                weekdays={weekdays}
                onChange={(patch) => change(index, patch)}
                onRemove={() => onChange(hours.filter((_, at) => at !== index))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        mt="sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => onChange([...hours, nextHour(hours)])}
      >
        {t('windows.addHour')}
      </Button>
    </div>
  )
}

type RowProps = {
  hour: HourDraft
  weekdays: readonly string[]
  onChange: (patch: Partial<HourDraft>) => void
}

function HourRow({ hour, weekdays, onChange, onRemove }: RowProps & { onRemove: () => void }) {
  const t = useT()
  return (
    <tr>
      <td>
        <TextInput
          type="time"
          required
          aria-label={t('windows.from')}
          value={hour.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
      </td>
      <DayCells hour={hour} weekdays={weekdays} onChange={onChange} />
      <td>
        <NumberInput
          aria-label={`${hour.from} ${t('windows.cutOffHours')}`}
          hideControls
          min={0}
          max={168}
          value={hour.cutOffHours}
          onChange={(value) => onChange({ cutOffHours: Number(value) || 0 })}
        />
      </td>
      <td>
        <NumberInput
          aria-label={`${hour.from} ${t('windows.feeEuros')}`}
          hideControls
          min={0}
          max={1_000}
          decimalScale={2}
          value={hour.feeEuros}
          onChange={(value) => onChange({ feeEuros: value === '' ? '' : Number(value) })}
        />
      </td>
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('windows.removeHour', { from: hour.from })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  )
}

function DayCells({ hour, weekdays, onChange }: RowProps) {
  return (
    <>
      {weekdays.map((weekday, at) => (
        <td key={weekday}>
          <NumberInput
            aria-label={`${hour.from} ${weekday}`}
            hideControls
            min={0}
            max={1_000}
            allowDecimal={false}
            value={hour.capacities[at] ?? ''}
            onChange={(value) =>
              onChange({
                capacities: weekdays.map((_, day) => {
                  const before = hour.capacities[day] ?? ''
                  return day === at ? (value === '' ? '' : Number(value)) : before
                }),
              })
            }
          />
        </td>
      ))}
    </>
  )
}
