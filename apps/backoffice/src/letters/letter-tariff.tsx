import { useState } from 'react'
import { ActionIcon, Button, Checkbox, Group, NumberInput, Skeleton } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { letterTariffSchema, type LetterTariff } from '@ecluse/contracts/letters.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { replaced } from '../segments/draft.ts'

const microsOfCent = 10_000

/** What letters weigh and cost, as the firm pays its printer and the post. */
export function LetterTariffForm() {
  const query = useQuery({ ...apiQuery(endpoints.getLetterTariff, {}), refetchOnWindowFocus: false })
  if (!query.data) return <Skeleton height={240} />
  return <Form start={query.data} />
}

function Form({ start }: { start: LetterTariff }) {
  const t = useT()
  const can = useCan()
  const [tariff, setTariff] = useState(start)
  const set = (patch: Partial<LetterTariff>) => setTariff({ ...tariff, ...patch })
  const whole = letterTariffSchema.safeParse(tariff).success
  const save = useAct({
    act: () => call(endpoints.putLetterTariff, { body: tariff }),
    touches: ['/letter-tariff'],
    done: () => t('letters.tariff.saved'),
    quiet: true,
  })
  const grams = (value: string | number) => (typeof value === 'number' ? value : 0)
  return (
    <Card title={t('letters.tariff')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (whole) save.mutate()
        }}
      >
        <fieldset disabled={!can('messages:write')} className="bo-letter-tariff">
          <FormProblem error={save.error} />
          <Checkbox
            label={t('letters.tariff.bothSides')}
            checked={tariff.bothSides}
            onChange={(event) => set({ bothSides: event.currentTarget.checked })}
          />
          <div className="bo-letter-pair">
            <NumberInput
              label={t('letters.tariff.sheetGrams')}
              min={1}
              max={50}
              hideControls
              value={tariff.sheetGrams}
              onChange={(value) => set({ sheetGrams: grams(value) })}
            />
            <NumberInput
              label={t('letters.tariff.envelopeGrams')}
              min={0}
              max={200}
              hideControls
              value={tariff.envelopeGrams}
              onChange={(value) => set({ envelopeGrams: grams(value) })}
            />
          </div>
          <MoneyInput
            label={t('letters.tariff.sheet')}
            value={Math.round(tariff.sheetMicro / microsOfCent)}
            onChange={(minor) => set({ sheetMicro: (minor ?? 0) * microsOfCent })}
          />
          <Classes tariff={tariff} onChange={set} />
          {can('messages:write') && (
            <Group justify="flex-end">
              <Button type="submit" disabled={!whole} loading={save.isPending}>
                {t('app.save')}
              </Button>
            </Group>
          )}
        </fieldset>
      </form>
    </Card>
  )
}

function Classes({
  tariff: { classes },
  onChange,
}: {
  tariff: LetterTariff
  onChange: (patch: Partial<LetterTariff>) => void
}) {
  const t = useT()
  type Class = (typeof classes)[number]
  const set = (at: number, next: Class | undefined) => onChange({ classes: replaced(classes, at, next) })
  return (
    <>
      {classes.map((one, at) => (
        <div
          key={at}
          className="bo-letter-class"
          role="group"
          aria-label={t('letters.tariff.class', { number: at + 1 })}
        >
          <NumberInput
            label={t('letters.tariff.upTo')}
            min={1}
            max={3_000}
            allowDecimal={false}
            hideControls
            value={one.upToGrams || ''}
            onChange={(value) => set(at, { ...one, upToGrams: typeof value === 'number' ? value : 0 })}
          />
          <MoneyInput
            label={t('letters.tariff.postage')}
            value={Math.round(one.micro / microsOfCent)}
            onChange={(minor) => set(at, { ...one, micro: (minor ?? 0) * microsOfCent })}
          />
          <ActionIcon
            variant="subtle"
            size={36}
            disabled={classes.length === 1}
            aria-label={t('letters.tariff.remove', { number: at + 1 })}
            onClick={() => set(at, undefined)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={classes.length >= 12}
          onClick={() => onChange({ classes: [...classes, { upToGrams: 500, micro: 4_500_000 }] })}
        >
          {t('letters.tariff.add')}
        </Button>
      </div>
    </>
  )
}
