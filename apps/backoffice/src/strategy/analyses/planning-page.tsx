import { NumberInput, Select } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { getRouteApi } from '@tanstack/react-router'
import { demandSteps, demandUnits } from '@ecluse/contracts/analyses.ts'
import { useT } from '../../app/i18n.ts'
import { planningTabs } from '../../app/search.ts'
import { PageTabs } from '../../common/page-tabs.tsx'
import { Page } from '../../common/page.tsx'
import { PercentInput } from '../percent-input.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { AskCard } from './ask-card.tsx'
import { DemandFigures } from './demand-figures.tsx'
import { PlacesTab } from './places-tab.tsx'
import { PricesTab } from './prices-tab.tsx'
import { useAsk, type QuestionOf } from './use-ask.ts'
import '../../insights/insights.css'
import '../../knowledge/knowledge.css'
import '../../today/today.css'
import '../objectives/objectives.css'
import '../scenarios/scenarios.css'
import './analyses.css'

const route = getRouteApi('/planning')

const tabs = { demand: DemandTab, prices: PricesTab, places: PlacesTab } as const

/** What will be asked for and the stock that follows from it; how it answers to prices; and few places at several prices. */
export function PlanningPage() {
  const t = useT()
  const { tab = 'demand', run } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('nav.planning')} summary={t('planning.summary')}>
      <PageTabs
        label={t('planning.parts')}
        tabs={planningTabs}
        value={tab}
        nameOf={(one) => t(`planning.tab.${one}`)}
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

/** Demand by article, channel or shop. */
function DemandTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const { form, ...ask } = useAsk<QuestionOf<'demand'>>(
    { kind: 'demand', per: 'product', step: 'month', horizon: 6, lead: 2, service: 0.95, salvage: 0.3 },
    ({ id }) => onRun(id),
  )
  return (
    <div className="bo-stack">
      <AskCard title={t('planning.ask')} help={t('planning.ask.help')} {...ask}>
        <Settings form={form} />
      </AskCard>
      <AnalysisAnswer
        kind="demand"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'demand'
            ? `${t(`planning.per.${question.per}`)}, ${t(`planning.step.${question.step}`)}`
            : ''
        }
      >
        {(results, { question }) =>
          results.kind === 'demand' &&
          question.kind === 'demand' && <DemandFigures results={results} question={question} />
        }
      </AnalysisAnswer>
    </div>
  )
}

function Settings({ form }: { form: UseFormReturnType<{ question: QuestionOf<'demand'> }> }) {
  const t = useT()
  const { per, step } = form.getValues().question
  return (
    <>
      <Select
        label={t('planning.per')}
        allowDeselect={false}
        data={demandUnits.map((value) => ({ value, label: t(`planning.per.${value}`) }))}
        {...form.getInputProps('question.per')}
      />
      <Select
        label={t('planning.step')}
        allowDeselect={false}
        data={demandSteps.map((value) => ({ value, label: t(`planning.step.${value}`) }))}
        {...form.getInputProps('question.step')}
      />
      <NumberInput
        label={t(`planning.horizon.${step}`)}
        min={1}
        max={26}
        allowDecimal={false}
        {...form.getInputProps('question.horizon')}
      />
      {per === 'product' && (
        <>
          <NumberInput
            label={t(`planning.lead.${step}`)}
            description={t('planning.lead.help')}
            min={1}
            max={26}
            allowDecimal={false}
            {...form.getInputProps('question.lead')}
          />
          <PercentInput
            label={t('planning.service')}
            description={t('planning.service.help')}
            min={0.5}
            max={0.999}
            step={1}
            {...form.getInputProps('question.service')}
          />
          <PercentInput
            label={t('planning.salvage')}
            description={t('planning.salvage.help')}
            step={5}
            {...form.getInputProps('question.salvage')}
          />
        </>
      )}
    </>
  )
}
