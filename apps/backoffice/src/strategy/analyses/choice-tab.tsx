import { useState } from 'react'
import { MultiSelect, Select, TextInput } from '@mantine/core'
import type { ChannelChoiceResults, ChoiceGroup } from '@ecluse/contracts/channel-choice.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { useSegments } from '../../journeys/use-segments.ts'
import { PercentInput } from '../percent-input.tsx'
import { AnalysisAnswer } from './analysis-answer.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { AskCard } from './ask-card.tsx'
import { ChoiceDiversion } from './choice-diversion.tsx'
import { ChoiceWeights } from './choice-weights.tsx'
import { daysAgo } from './days.ts'
import { PriceTests } from './price-tests.tsx'
import { useAsk, type QuestionOf } from './use-ask.ts'

const begun: QuestionOf<'channel_choice'> = {
  kind: 'channel_choice',
  from: daysAgo(364),
  until: daysAgo(0),
  segments: [],
  priceChange: 0.05,
}

/** How customers choose among channels, where orders would go without one, and who moves when prices differ. */
export function ChoiceTab({ run, onRun }: { run: string | undefined; onRun: (id: string) => void }) {
  const t = useT()
  const words = useAnalysisWords()
  const { form, ...ask } = useAsk<QuestionOf<'channel_choice'>>(begun, ({ id }) => onRun(id))
  return (
    <div className="bo-stack">
      <AskCard title={t('choice.title')} help={t('choice.help')} {...ask}>
        <TextInput type="date" label={t('insights.from')} required {...form.getInputProps('question.from')} />
        <TextInput type="date" label={t('insights.until')} required {...form.getInputProps('question.until')} />
        <SegmentsInput {...form.getInputProps('question.segments')} />
        <PercentInput
          label={t('choice.priceChange')}
          description={t('choice.priceChange.help')}
          min={-0.5}
          max={0.5}
          required
          {...form.getInputProps('question.priceChange')}
        />
      </AskCard>
      <AnalysisAnswer
        kind="channel_choice"
        id={run}
        onChoose={onRun}
        about={(question) =>
          question.kind === 'channel_choice' ? `${words.day(question.from)} – ${words.day(question.until)}` : ''
        }
      >
        {(results) => results.kind === 'channel_choice' && <Groups results={results} />}
      </AnalysisAnswer>
    </div>
  )
}

/** Segments to look at apart, for who may read customers. */
function SegmentsInput(props: { value?: string[]; onChange?: (value: string[]) => void }) {
  const can = useCan()
  return can('customers:read') ? <SegmentsChoice {...props} /> : null
}

function SegmentsChoice(props: { value?: string[]; onChange?: (value: string[]) => void }) {
  const t = useT()
  const segments = useSegments()
  return (
    <MultiSelect
      label={t('choice.segments')}
      description={t('choice.segments.help')}
      searchable
      maxValues={4}
      data={segments.map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  )
}

function Groups({ results }: { results: ChannelChoiceResults }) {
  const t = useT()
  const [shown, setShown] = useState('')
  const group = results.groups.find(({ segmentId }) => (segmentId ?? '') === shown) ?? results.groups[0]
  if (!group) return null
  return (
    <div className="bo-stack">
      {results.groups.length > 1 && (
        <Select
          label={t('choice.of')}
          allowDeselect={false}
          w="fit-content"
          data={results.groups.map(({ segmentId, name }) => ({
            value: segmentId ?? '',
            label: name ?? t('choice.all'),
          }))}
          value={group.segmentId ?? ''}
          onChange={(value) => setShown(value ?? '')}
        />
      )}
      <Told results={results} group={group} />
    </div>
  )
}

function Told({ results, group }: { results: ChannelChoiceResults; group: ChoiceGroup }) {
  const t = useT()
  const words = useAnalysisWords()
  if (group.problem !== null) {
    const hint = t(`choice.problem.${group.problem}.help`, { orders: words.number(group.leftOut, 0) })
    return <EmptyState title={t(`choice.problem.${group.problem}`)} hint={hint} />
  }
  return (
    <>
      <ChoiceDiversion group={group} />
      <ChoiceWeights group={group} />
      <PriceTests group={group} change={results.priceChange} />
      <p className="bo-line bo-quiet">
        {t('choice.counts', {
          orders: words.number(group.orders, 0),
          leftOut: words.number(group.leftOut, 0),
          all: words.number(results.ordersOfAll, 0),
        })}{' '}
        {results.sampled && t('choice.sampled')}
      </p>
    </>
  )
}
