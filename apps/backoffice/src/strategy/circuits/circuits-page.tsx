import { getRouteApi } from '@tanstack/react-router'
import { circuitTabs } from '../../app/search.ts'
import { useT } from '../../app/i18n.ts'
import { PageTabs } from '../../common/page-tabs.tsx'
import { Page } from '../../common/page.tsx'
import { BuildUpTab } from './build-up-tab.tsx'
import { ConflictTab } from './conflict-tab.tsx'
import '../../insights/insights.css'
import '../../today/today.css'
import '../scenarios/scenarios.css'
import './circuits.css'

const route = getRouteApi('/circuits')

/** Circuits between maker and consumer: whether to open a direct one beside partners, and what each stage adds to the price. */
export function CircuitsPage() {
  const t = useT()
  const { tab = 'conflict' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('nav.circuits')} summary={t('circuits.summary')}>
      <PageTabs
        label={t('circuits.parts')}
        tabs={circuitTabs}
        value={tab}
        nameOf={(one) => t(`circuits.tab.${one}`)}
        onChange={(one) => void navigate({ search: { tab: one } })}
      >
        {(one) => (one === 'conflict' ? <ConflictTab /> : <BuildUpTab />)}
      </PageTabs>
    </Page>
  )
}
