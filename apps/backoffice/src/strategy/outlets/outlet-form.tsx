import { useState, type FormEvent } from 'react'
import { Button, Checkbox, NumberInput, Stack, TextInput } from '@mantine/core'
import type { OutletCandidate } from '@ecluse/contracts/outlets.ts'
import { useT } from '../../app/i18n.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { PercentInput } from '../percent-input.tsx'
import { useOutletWords } from './outlet-words.ts'
import { outletProblems } from './study-draft.ts'

type Fields = { outlet: OutletCandidate; set: (patch: Partial<OutletCandidate>) => void }

/** One outlet: where it is, what draws people to it, what it costs to support, and its figures for the firm's own criteria. */
export function OutletForm({
  outlet: given,
  own,
  others,
  onClose,
  onDone,
  onRemove,
}: {
  outlet: OutletCandidate
  own: readonly { code: string; name: string }[]
  others: readonly OutletCandidate[]
  onClose: () => void
  onDone: (outlet: OutletCandidate) => void
  onRemove: (() => void) | undefined
}) {
  const t = useT()
  const [outlet, setOutlet] = useState(given)
  const [tried, setTried] = useState(false)
  const problems = outletProblems(outlet, others)
  const told = (field: keyof typeof problems) => {
    const problem = problems[field]
    return tried && problem ? t(`outlets.problem.${problem}`) : undefined
  }
  const set = (patch: Partial<OutletCandidate>) => setOutlet((before) => ({ ...before, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0) return
    onDone({ ...outlet, name: outlet.name.trim(), postalCode: outlet.postalCode.trim() })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('outlets.outlet')}
          required
          maxLength={120}
          value={outlet.name}
          error={told('name')}
          onChange={({ currentTarget: { value } }) => set({ name: value })}
        />
        <Place outlet={outlet} set={set} told={told} />
        <Draws outlet={outlet} set={set} />
        {own.map(({ code, name }) => (
          <OwnFigure key={code} code={code} name={name} outlet={outlet} set={set} />
        ))}
        {onRemove && (
          <Button variant="default" w="fit-content" onClick={onRemove}>
            {t('outlets.remove')}
          </Button>
        )}
        <FormEnd onCancel={onClose} busy={false} label={t('outlets.put')} />
      </Stack>
    </form>
  )
}

function Place({ outlet, set, told }: Fields & { told: (field: 'country' | 'postalCode') => string | undefined }) {
  const t = useT()
  // Another postal code: where the old one lay is no longer where it is.
  const elsewhere = { latitude: null, longitude: null }
  return (
    <>
      <TextInput
        label={t('outlets.postalCode')}
        required
        maxLength={12}
        value={outlet.postalCode}
        error={told('postalCode')}
        onChange={({ currentTarget: { value } }) => set({ postalCode: value, ...elsewhere })}
      />
      <TextInput
        label={t('outlets.country')}
        required
        maxLength={2}
        value={outlet.country}
        error={told('country')}
        onChange={({ currentTarget: { value } }) => set({ country: value.toUpperCase(), ...elsewhere })}
      />
      <div className="bo-scenario-fields">
        {(['latitude', 'longitude'] as const).map((name) => (
          <NumberInput
            key={name}
            label={t(`outlets.${name}`)}
            placeholder={t('outlets.byPostalCode')}
            min={name === 'latitude' ? -90 : -180}
            max={name === 'latitude' ? 90 : 180}
            decimalScale={5}
            hideControls
            clampBehavior="strict"
            value={outlet[name] ?? ''}
            onChange={(next) => set({ [name]: typeof next === 'number' ? next : null })}
          />
        ))}
      </div>
      <Checkbox
        label={t('outlets.isOpen.label')}
        checked={outlet.open}
        onChange={({ currentTarget: { checked } }) => set({ open: checked })}
      />
    </>
  )
}

function Draws({ outlet, set }: Fields) {
  const t = useT()
  const w = useOutletWords()
  return (
    <>
      <NumberInput
        label={t('outlets.surface')}
        description={t('outlets.surface.help')}
        suffix={w.unit('surface')}
        min={1}
        max={1e7}
        clampBehavior="strict"
        value={outlet.surface}
        onChange={(next) => typeof next === 'number' && set({ surface: next })}
      />
      <NumberInput
        label={t('outlets.image')}
        min={0}
        max={10}
        step={0.5}
        suffix={w.unit('image')}
        clampBehavior="strict"
        value={outlet.image}
        onChange={(next) => typeof next === 'number' && set({ image: next })}
      />
      <PercentInput
        label={t('outlets.priceDiscipline')}
        description={t('outlets.priceDiscipline.help')}
        clampBehavior="strict"
        value={outlet.priceDiscipline}
        onChange={(value) => value !== '' && set({ priceDiscipline: value })}
      />
      <NumberInput
        label={t('outlets.cost')}
        description={t('outlets.cost.help')}
        suffix={'\u202f€'}
        min={0}
        max={1e12}
        clampBehavior="strict"
        value={outlet.cost}
        onChange={(next) => typeof next === 'number' && set({ cost: next })}
      />
    </>
  )
}

/** Cleared, it is not known, which counts as nought. */
function OwnFigure({ code, name, outlet, set }: Fields & { code: string; name: string }) {
  const t = useT()
  const w = useOutletWords()
  return (
    <NumberInput
      label={name}
      description={t('outlets.ownFigure.help')}
      suffix={w.unit(code)}
      min={0}
      max={1e12}
      clampBehavior="strict"
      value={outlet.figures[code] ?? ''}
      onChange={(next) => {
        const { [code]: _, ...rest } = outlet.figures
        set({ figures: typeof next === 'number' ? { ...rest, [code]: next } : rest })
      }}
    />
  )
}
