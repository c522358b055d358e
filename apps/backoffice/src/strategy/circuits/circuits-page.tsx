import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { circuitTabs } from '../../app/search.ts'
import { useT } from '../../app/i18n.ts'
import { Page } from '../../common/page.tsx'
import { BuildUpTab } from './build-up-tab.tsx'
import { ConflictTab } from './conflict-tab.tsx'
import '../../insights/insights.css'
import '../../today/today.css'
import '../scenarios/scenarios.css'
import './circuits.css'

const route = getRouteApi('/circuits')
const tabs = { conflict: ConflictTab, build_up: BuildUpTab } as const

/** Circuits between maker and consumer: whether to open a direct one beside partners, and what each stage adds to the price. */
export function CircuitsPage() {
  const t = useT()
  const { tab = 'conflict' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('nav.circuits')} summary={t('circuits.summary')}>
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ search: { tab: circuitTabs.find((one) => one === value) } })}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('circuits.parts')}>
          {circuitTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`circuits.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {circuitTabs.map((one) => {
          const Tab = tabs[one]
          return (
            <Tabs.Panel key={one} value={one} pt="md">
              <Tab />
            </Tabs.Panel>
          )
        })}
      </Tabs>
    </Page>
  )
}
