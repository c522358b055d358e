import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'

/** A time of a week, or a stretch of one; weekdays from 1, Monday. */
export type WeekRow = { readonly weekday: number; readonly from: string; readonly until?: string }

type Props = {
  title: string
  help: string
  rows: readonly WeekRow[]
  /** What a new row begins as. */
  fresh: WeekRow
  onChange: (rows: readonly WeekRow[]) => void
}

/** Times of a week, one line each: the day, from when, and until when where it is a stretch. */
export function WeekRows({ title, help, rows, fresh, onChange }: Props) {
  const t = useT()
  const last = rows.at(-1)
  return (
    <Fieldset legend={title}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {help}
        </Text>
        {rows.map((row, index) => (
          <Row
            key={index}
            row={row}
            onChange={(next) => onChange(rows.map((one, at) => (at === index ? next : one)))}
            onRemove={() => onChange(rows.filter((_, at) => at !== index))}
          />
        ))}
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => onChange([...rows, last ? { ...last, weekday: (last.weekday % 7) + 1 } : fresh])}
          >
            {t('appointments.hours.add')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}

type RowProps = { row: WeekRow; onChange: (row: WeekRow) => void; onRemove: () => void }

function Row({ row, onChange, onRemove }: RowProps) {
  const t = useT()
  const { locale } = useLocale()
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const days = Array.from({ length: 7 }, (_, index) => ({
    value: String(index + 1),
    label: format.format(new Date(Date.UTC(2026, 2, 2 + index))),
  }))
  const day = days[row.weekday - 1]?.label ?? ''
  return (
    <Group gap="xs" wrap="wrap">
      <Select
        aria-label={t('appointments.hours.day')}
        data={days}
        value={String(row.weekday)}
        allowDeselect={false}
        w={140}
        onChange={(value) => onChange({ ...row, weekday: Number(value ?? row.weekday) })}
      />
      <TextInput
        type="time"
        required
        aria-label={t('appointments.hours.from', { day })}
        value={row.from}
        w={110}
        onChange={(event) => onChange({ ...row, from: event.currentTarget.value })}
      />
      {row.until !== undefined && (
        <TextInput
          type="time"
          required
          aria-label={t('appointments.hours.until', { day })}
          value={row.until}
          error={row.until <= row.from}
          w={110}
          onChange={(event) => onChange({ ...row, until: event.currentTarget.value })}
        />
      )}
      <ActionIcon variant="default" size="lg" aria-label={t('appointments.hours.remove', { day })} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
