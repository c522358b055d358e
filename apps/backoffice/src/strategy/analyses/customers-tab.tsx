import { TextInput } from '@mantine/core'
import type { CustomersResults } from '@ecluse/contracts/analysis-results.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing } from '../scenarios/plots.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { useAsk, type QuestionOf } from './use-ask.ts'

/** Whether customers of several channels bring more because of the channels, or because the keen use more of them. */
export function CustomersTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const { form, ...ask } = useAsk<QuestionOf<'customers'>>({ kind: 'customers', until: daysAgo(0) }, ({ id }) =>
    onRun(id),
  )
  return (
    <div className="bo-stack">
      <AskCard title={t('contribution.customers')} help={t('contribution.customers.help')} {...ask}>
        <TextInput
          type="date"
          label={t('contribution.yearUntil')}
          description={t('contribution.yearUntil.help')}
          {...form.getInputProps('question.until')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="customers"
        id={run}
        onChoose={onRun}
        about={(question) => (question.kind === 'customers' ? words.day(question.until) : '')}
      >
        {(results) => results.kind === 'customers' && <Compared results={results} />}
      </AnalysisAnswer>
    </div>
  )
}

function Compared({ results }: { results: CustomersResults }) {
  const t = useT()
  const words = useAnalysisWords()
  const { raw, corrected, selection, several, one, leftOut, meanSeveral, meanOne, sampled } = results
  const rows = [
    { id: 'raw', ...raw },
    { id: 'corrected', ...corrected },
  ] as const
  return (
    <>
      <Plot
        question={t('contribution.compared.question')}
        answer={t(words.isSure(corrected) ? 'contribution.compared.sure' : 'contribution.compared.unsure', {
          several: words.money(meanSeveral),
          one: words.money(meanOne),
          corrected: words.interval(corrected, words.money),
          selection: words.money(selection),
        })}
        file={t('contribution.compared.file')}
        table={[
          ['', t('contribution.difference'), t('analysis.error'), '2,5 %', '97,5 %'],
          ...rows.map(({ id, effect, standardError, low, high }) => [
            t(`contribution.${id}`),
            ...[effect, standardError, low, high].map((minor) => Math.round(minor) / 100),
          ]),
        ]}
      >
        <BarDrawing
          label={t('contribution.compared.question')}
          rows={rows.map((row) => ({
            label: t(`contribution.${row.id}`),
            from: row.low,
            to: row.high,
            told: words.interval(row, words.money),
            bad: row.high < 0,
          }))}
        />
        <p className="bo-line bo-quiet">
          <WithFormula name={t('contribution.corrected')} formula={t('contribution.corrected.formula')} />
        </p>
        <p className="bo-line bo-quiet">
          {t('contribution.compared.counts', {
            several: words.number(several, 0),
            one: words.number(one, 0),
            leftOut: words.share(leftOut, 0),
          })}{' '}
          {sampled && t('contribution.compared.sampled')}
        </p>
      </Plot>
      <Balance results={results} />
    </>
  )
}

/** How alike both kinds were before, as they are and as they are weighed. */
function Balance({ results }: { results: CustomersResults }) {
  const t = useT()
  const words = useAnalysisWords()
  return (
    <Card title={t('contribution.balance')}>
      <p className="bo-line bo-quiet">{t('contribution.balance.help')}</p>
      <FigureTable label={t('contribution.balance')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('contribution.known')}</th>
            <th scope="col">{t('contribution.asTheyAre')}</th>
            <th scope="col">{t('contribution.weighed')}</th>
          </tr>
        </thead>
        <tbody>
          {results.balance.map(({ name, raw, weighted }) => (
            <tr key={name}>
              <th scope="row">{t(`contribution.known.${name as 'orders'}`)}</th>
              <td>{words.number(raw, 2)}</td>
              <td>{words.number(weighted, 2)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}
