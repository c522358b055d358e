import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { contributionTabs } from '../../app/search.ts'
import { useT } from '../../app/i18n.ts'
import { Page } from '../../common/page.tsx'
import { AttributionTab } from './attribution-tab.tsx'
import { CustomersTab } from './customers-tab.tsx'
import { EffectTab } from './effect-tab.tsx'
import { HoldOutsTab } from './hold-outs-tab.tsx'
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
} as const

/** What each channel contributes: credited by rules, and caused as far as it can be told. */
export function ContributionPage() {
  const t = useT()
  const { tab = 'attribution', run } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('nav.contribution')} summary={t('contribution.summary')}>
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ search: { tab: contributionTabs.find((one) => one === value) } })}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('contribution.parts')}>
          {contributionTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`contribution.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {contributionTabs.map((one) => {
          const Tab = tabs[one]
          return (
            <Tabs.Panel key={one} value={one} pt="md">
              <Tab run={run} onRun={(id) => void navigate({ search: { tab: one, run: id } })} />
            </Tabs.Panel>
          )
        })}
      </Tabs>
    </Page>
  )
}
