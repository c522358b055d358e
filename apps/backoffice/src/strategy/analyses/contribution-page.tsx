import { getRouteApi } from '@tanstack/react-router'
import { contributionTabs } from '../../app/search.ts'
import { useT } from '../../app/i18n.ts'
import { PageTabs } from '../../common/page-tabs.tsx'
import { Page } from '../../common/page.tsx'
import { AttributionTab } from './attribution-tab.tsx'
import { ChoiceTab } from './choice-tab.tsx'
import { CustomersTab } from './customers-tab.tsx'
import { EffectTab } from './effect-tab.tsx'
import { HoldOutsTab } from './hold-outs-tab.tsx'
import { MediaTab } from './media-tab.tsx'
import '../../insights/insights.css'
import '../../knowledge/knowledge.css'
import '../../today/today.css'
import '../objectives/objectives.css'
import '../scenarios/scenarios.css'
import './analyses.css'

const route = getRouteApi('/contribution')
const tabs = {
  attribution: AttributionTab,
  effect: EffectTab,
  customers: CustomersTab,
  hold_outs: HoldOutsTab,
  channel_choice: ChoiceTab,
  media_mix: MediaTab,
} as const

/** What each channel contributes: credited by rules, and caused as far as it can be told. */
export function ContributionPage() {
  const t = useT()
  const { tab = 'attribution', run } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('nav.contribution')} summary={t('contribution.summary')}>
      <PageTabs
        label={t('contribution.parts')}
        tabs={contributionTabs}
        value={tab}
        nameOf={(one) => t(`contribution.tab.${one}`)}
        onChange={(one) => void navigate({ search: { tab: one } })}
      >
        {(one) => {
          const Tab = tabs[one]
          return <Tab run={run} onRun={(id) => void navigate({ search: { tab: one, run: id } })} />
        }}
      </PageTabs>
    </Page>
  )
}
