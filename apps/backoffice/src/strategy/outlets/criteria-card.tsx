import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { outletLimits, type OutletCriterionGiven } from '@ecluse/contracts/outlets.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { useOutletWords } from './outlet-words.ts'
import { freeCode, type QuestionFields } from './study-draft.ts'

/** What an outlet has to be to be admitted, the same for all; a figure of each outlet is compared with the least it must have. */
export function CriteriaCard({ question: { criteria }, set }: QuestionFields) {
  const t = useT()
  const change = (code: string, patch: Partial<OutletCriterionGiven>) =>
    set({ criteria: criteria.map((one) => (one.code === code ? { ...one, ...patch } : one)) })
  return (
    <Card title={t('outlets.criteria')}>
      <div className="bo-stack">
        <p className="bo-line bo-quiet">{t('outlets.criteria.help')}</p>
        {criteria.map((criterion) => (
          <CriterionFields
            key={criterion.code}
            criterion={criterion}
            onChange={(patch) => change(criterion.code, patch)}
            onRemove={() => set({ criteria: criteria.filter((one) => one !== criterion) })}
          />
        ))}
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={criteria.length >= outletLimits.criteria}
          onClick={() =>
            set({
              criteria: [
                ...criteria,
                {
                  code: freeCode(criteria),
                  name: t('outlets.criterion.new'),
                  least: 1,
                  required: false,
                  weight: 1,
                  source: 'judged',
                },
              ],
            })
          }
        >
          {t('outlets.criterion.add')}
        </Button>
      </div>
    </Card>
  )
}

function CriterionFields({
  criterion: { code, name, least, required, weight, source },
  onChange,
  onRemove,
}: {
  criterion: OutletCriterionGiven
  onChange: (patch: Partial<OutletCriterionGiven>) => void
  onRemove: () => void
}) {
  const t = useT()
  const w = useOutletWords()
  const watched = code === 'price_discipline'
  return (
    <fieldset className="bo-outlets-criterion">
      <legend className="visually-hidden">{name}</legend>
      <TextInput
        label={t('outlets.criterion.name')}
        maxLength={120}
        value={name}
        error={name.trim() === '' ? t('outlets.problem.needed') : undefined}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <NumberInput
        label={t('outlets.criterion.least')}
        suffix={w.unit(code)}
        min={0}
        max={1e12}
        clampBehavior="strict"
        value={least}
        onChange={(next) => typeof next === 'number' && onChange({ least: next })}
      />
      <NumberInput
        label={t('outlets.criterion.weight')}
        min={0}
        max={100}
        clampBehavior="strict"
        value={weight}
        onChange={(next) => typeof next === 'number' && onChange({ weight: next })}
      />
      <Select
        label={t('outlets.criterion.source')}
        allowDeselect={false}
        data={(['measured', 'judged'] as const).map((value) => ({ value, label: t(`outlets.source.${value}`) }))}
        value={source}
        onChange={(value) => onChange({ source: value === 'judged' ? 'judged' : 'measured' })}
      />
      <Checkbox
        label={t('outlets.criterion.required')}
        description={watched ? t('outlets.criterion.watched') : undefined}
        disabled={watched}
        checked={required}
        onChange={({ currentTarget: { checked } }) => onChange({ required: checked })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('outlets.criterion.remove', { name })}
        onClick={onRemove}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </fieldset>
  )
}
