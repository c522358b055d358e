import { NumberInput } from '@mantine/core'
import { outletLimits } from '@ecluse/contracts/outlets.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { useOutletWords } from './outlet-words.ts'
import type { QuestionFields } from './study-draft.ts'

const kilometres = '\u202fkm'

/** How far people go, how many outlets, how far apart, and for how much. */
export function TermsCard({ question, set }: QuestionFields) {
  const t = useT()
  const w = useOutletWords()
  const numbers = [
    { name: 'reach', min: 0.1, max: 1_000, suffix: kilometres },
    { name: 'most', min: 0, max: outletLimits.outlets, allowDecimal: false },
    { name: 'apart', min: 0, max: 2_000, suffix: kilometres },
    { name: 'distanceWeight', min: 0, max: 5, step: 0.1 },
    { name: 'elsewhere', min: 0, max: 1e7 },
  ] as const
  const cost = question.outlets.reduce((sum, one) => sum + one.cost, 0)
  return (
    <Card title={t('outlets.terms')}>
      <div className="bo-scenario-fields">
        {numbers.map(({ name, ...limits }) => (
          <NumberInput
            key={name}
            label={t(`outlets.term.${name}`)}
            description={t(`outlets.term.${name}.help`)}
            clampBehavior="strict"
            {...limits}
            value={question[name]}
            onChange={(next) => typeof next === 'number' && set({ [name]: next })}
          />
        ))}
        <NumberInput
          label={t('outlets.term.budget')}
          description={t('outlets.term.budget.help', { cost: w.money(cost) })}
          suffix={'\u202f€'}
          min={0}
          max={1e12}
          clampBehavior="strict"
          value={question.budget ?? ''}
          onChange={(next) => set({ budget: typeof next === 'number' ? next : null })}
        />
      </div>
    </Card>
  )
}
