import { NumberInput, Select, TextInput } from '@mantine/core'
import { useT } from '../../app/i18n.ts'
import { useChannels } from '../../network/use-channels.ts'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { daysAgo } from './days.ts'
import { MediaFigures } from './media-figures.tsx'
import { useAsk, type QuestionOf } from './use-ask.ts'

const begun: QuestionOf<'media_mix'> = {
  kind: 'media_mix',
  from: daysAgo(1_092),
  until: daysAgo(0),
  channel: null,
  lasting: 8,
}

/** What sales each medium made, from weekly spending. */
export function MediaTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const channels = useChannels()
  const { form, ...ask } = useAsk<QuestionOf<'media_mix'>>(begun, ({ id }) => onRun(id))
  return (
    <div className="bo-stack">
      <AskCard title={t('media.title')} help={t('media.help')} {...ask}>
        <TextInput type="date" label={t('insights.from')} required {...form.getInputProps('question.from')} />
        <TextInput type="date" label={t('insights.until')} required {...form.getInputProps('question.until')} />
        <Select
          label={t('contribution.ofChannel')}
          placeholder={t('contribution.allChannels')}
          clearable
          data={channels.map(({ code }) => ({ value: code, label: words.channel(code) }))}
          {...form.getInputProps('question.channel')}
        />
        <NumberInput
          label={t('media.lasting')}
          description={t('media.lasting.help')}
          min={1}
          max={26}
          allowDecimal={false}
          {...form.getInputProps('question.lasting')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="media_mix"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'media_mix'
            ? [
                question.channel === null ? t('contribution.allChannels') : words.channel(question.channel),
                `${words.day(question.from)} – ${words.day(question.until)}`,
              ].join(', ')
            : ''
        }
      >
        {(results) => results.kind === 'media_mix' && <MediaFigures results={results} />}
      </AnalysisAnswer>
    </div>
  )
}
