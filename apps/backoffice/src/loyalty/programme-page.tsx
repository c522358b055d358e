import { useState } from 'react'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { loyaltyRuleSchema, type LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { Page } from '../common/page.tsx'
import { EarningPreview } from './earning-preview.tsx'
import { MultiplierFields } from './multiplier-fields.tsx'
import { RuleFields } from './rule-fields.tsx'
import { TierFields } from './tier-fields.tsx'

/** What a programme starts from: a point for a euro, five euros for a hundred points. */
const firstRule: LoyaltyRule = {
  name: { fr: '', en: '' },
  pointsPer100Euros: 100,
  multipliers: [],
  activation: 'return_period',
  expiryMonths: 12,
  reward: { points: 100, valueMinor: 500 },
  tiers: [],
  windowMonths: 12,
}

/** The programme's rule, with what an order would earn under it beside. */
export function ProgrammePage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getLoyaltyProgramme, {}))
  return (
    <Page
      title={t('loyalty.programme')}
      summary={t('loyalty.programme.summary')}
      back={{ to: '/loyalty', label: t('nav.loyalty') }}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {query.data && <ProgrammeForm start={query.data.programme?.rule ?? firstRule} />}
    </Page>
  )
}

function ProgrammeForm({ start }: { start: LoyaltyRule }) {
  const t = useT()
  const navigate = useNavigate()
  const [rule, setRule] = useState(start)
  const [tried, setTried] = useState(false)
  const leave = (): void => void navigate({ to: '/loyalty' })
  const save = useAct({
    act: (body: LoyaltyRule) => call(endpoints.putLoyaltyProgramme, { body }),
    touches: ['/loyalty'],
    quiet: true,
    done: () => t('loyalty.saved'),
    onDone: leave,
  })
  const checked = loyaltyRuleSchema.safeParse(rule)
  const wrong = new Set(
    tried && !checked.success ? checked.error.issues.map(({ path }) => path.slice(0, 1).join('.')) : [],
  )
  return (
    <form
      noValidate
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (checked.success) save.mutate(checked.data)
      }}
    >
      {save.isError && <ErrorNote error={save.error} />}
      <RuleFields rule={rule} wrong={wrong} onChange={setRule} />
      <MultiplierFields rule={rule} onChange={setRule} />
      <TierFields rule={rule} wrong={wrong.has('tiers')} onChange={setRule} />
      <EarningPreview rule={rule} />
      {wrong.size > 0 && (
        <p role="alert" className="bo-line">
          {t('loyalty.unfinished')}
        </p>
      )}
      <FormEnd onCancel={leave} busy={save.isPending} label={t('loyalty.save')} />
    </form>
  )
}
