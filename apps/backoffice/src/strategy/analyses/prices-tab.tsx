import { Select, TextInput } from '@mantine/core'
import { priceUnits } from '@ecluse/contracts/price-response.ts'
import { useT } from '../../app/i18n.ts'
import { useChannels } from '../../network/use-channels.ts'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { PriceFigures } from './price-figures.tsx'
import { useAsk, type QuestionOf } from './use-ask.ts'

const begun: QuestionOf<'price_response'> = {
  kind: 'price_response',
  from: daysAgo(1_092),
  until: daysAgo(0),
  per: 'product',
  channel: null,
}

/** How quantities answer to prices, of articles or of whole categories. */
export function PricesTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const channels = useChannels()
  const { form, ...ask } = useAsk<QuestionOf<'price_response'>>(begun, ({ id }) => onRun(id))
  return (
    <div className="bo-stack">
      <AskCard title={t('prices.title')} help={t('prices.help')} {...ask}>
        <TextInput type="date" label={t('insights.from')} required {...form.getInputProps('question.from')} />
        <TextInput type="date" label={t('insights.until')} required {...form.getInputProps('question.until')} />
        <Select
          label={t('prices.per')}
          description={t('prices.per.help')}
          allowDeselect={false}
          data={priceUnits.map((value) => ({ value, label: t(`prices.per.${value}`) }))}
          {...form.getInputProps('question.per')}
        />
        <Select
          label={t('contribution.ofChannel')}
          description={t('prices.channel.help')}
          placeholder={t('contribution.allChannels')}
          clearable
          data={channels.map(({ code }) => ({ value: code, label: words.channel(code) }))}
          {...form.getInputProps('question.channel')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="price_response"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'price_response'
            ? [
                t(`prices.per.${question.per}`),
                question.channel === null ? t('contribution.allChannels') : words.channel(question.channel),
                `${words.day(question.from)} – ${words.day(question.until)}`,
              ].join(', ')
            : ''
        }
      >
        {(results) => results.kind === 'price_response' && <PriceFigures results={results} />}
      </AnalysisAnswer>
    </div>
  )
}
