import { useState } from 'react'
import { Button, Group, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import type { Service } from '@ecluse/contracts/appointments.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { loyaltyBenefits } from '@ecluse/contracts/loyalty.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { codeOf } from './service-draft.ts'
import { ServiceProducts } from './service-products.tsx'
import { WeekRows } from './week-rows.tsx'

const fresh: Service = {
  code: '',
  name: { fr: '', en: '' },
  description: { fr: '', en: '' },
  durationMinutes: 30,
  bufferMinutes: 15,
  stepMinutes: 30,
  starts: null,
  leadMinutes: 120,
  horizonDays: 30,
  mostSeats: 1,
  active: true,
  together: false,
  benefit: null,
  productIds: [],
}

type NumberName = 'durationMinutes' | 'bufferMinutes' | 'stepMinutes' | 'leadMinutes' | 'horizonDays' | 'mostSeats'
const numbers: readonly { name: NumberName; min: number; max: number; step: number }[] = [
  { name: 'durationMinutes', min: 5, max: 480, step: 5 },
  { name: 'bufferMinutes', min: 0, max: 240, step: 5 },
  { name: 'stepMinutes', min: 15, max: 480, step: 15 },
  { name: 'leadMinutes', min: 0, max: 20_160, step: 30 },
  { name: 'horizonDays', min: 1, max: 180, step: 1 },
  { name: 'mostSeats', min: 1, max: 50, step: 1 },
]

/** One service: its words, its length and the time free after it, and how it is booked. */
export function ServiceForm({ start, onDone }: { start: Service | null; onDone: () => void }) {
  const t = useT()
  const [draft, setDraft] = useState(start ?? fresh)
  const save = useAct({
    act: () => {
      // What a list tells of a service beside itself is not sent back.
      const body = endpoints.putService.body.strip().parse(draft)
      return call(endpoints.putService, { params: { code: start ? draft.code : codeOf(draft.name.fr) }, body })
    },
    touches: ['/services', '/resources'],
    done: ({ name }) => t('appointments.saved', { name: name.fr }),
    onDone,
  })
  const words = (part: 'name' | 'description', language: 'fr' | 'en') => ({
    value: draft[part][language],
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [part]: { ...draft[part], [language]: event.currentTarget.value } }),
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextInput label={t('appointments.nameFr')} required maxLength={80} {...words('name', 'fr')} />
      <TextInput label={t('appointments.nameEn')} maxLength={80} {...words('name', 'en')} />
      <Textarea label={t('appointments.textFr')} autosize maxLength={500} {...words('description', 'fr')} />
      <Textarea label={t('appointments.textEn')} autosize maxLength={500} {...words('description', 'en')} />
      <div className="bo-pairs">
        {numbers.map(({ name, min, max, step }) => (
          <NumberInput
            key={name}
            label={t(`appointments.${name}`)}
            value={draft[name]}
            min={min}
            max={max}
            step={step}
            allowDecimal={false}
            onBlur={() => setDraft({ ...draft, [name]: Math.round(draft[name] / step) * step })}
            onChange={(value) => setDraft({ ...draft, [name]: Math.min(max, Math.max(min, Number(value))) })}
          />
        ))}
      </div>
      <Starts draft={draft} onChange={setDraft} />
      <Switch
        label={t('appointments.together')}
        description={t('appointments.together.help')}
        checked={draft.together}
        onChange={(event) => setDraft({ ...draft, together: event.currentTarget.checked })}
      />
      <WhoseService draft={draft} onChange={setDraft} />
      <ServiceProducts productIds={draft.productIds} onChange={(productIds) => setDraft({ ...draft, productIds })} />
      <Switch
        label={t('appointments.active')}
        checked={draft.active}
        onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
      />
      <Group>
        <Button type="submit" loading={save.isPending} disabled={draft.name.fr.trim() === ''}>
          {t('app.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('appointments.back')}
        </Button>
      </Group>
    </form>
  )
}

type PartProps = { draft: Service; onChange: (draft: Service) => void }

/** Everybody's, or kept for those who are entitled to it. */
function WhoseService({ draft, onChange }: PartProps) {
  const t = useT()
  return (
    <NativeSelect
      label={t('appointments.benefit')}
      description={t('appointments.benefit.help')}
      data={[
        { value: '', label: t('appointments.benefit.all') },
        ...loyaltyBenefits.map((value) => ({ value, label: t(`loyalty.benefit.${value}`) })),
      ]}
      value={draft.benefit ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...draft, benefit: loyaltyBenefits.find((one) => one === value) ?? null })
      }
    />
  )
}

/** When a class begins, week by week. */
function Starts({ draft, onChange }: PartProps) {
  const t = useT()
  return (
    <WeekRows
      title={t('appointments.starts')}
      help={t('appointments.starts.help')}
      rows={(draft.starts ?? []).map(({ weekday, at }) => ({ weekday, from: at }))}
      fresh={{ weekday: 6, from: '10:00' }}
      onChange={(rows) =>
        onChange({
          ...draft,
          starts: rows.length === 0 ? null : rows.map(({ weekday, from }) => ({ weekday, at: from })),
        })
      }
    />
  )
}
