import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useT } from '../../app/i18n.ts'
import { useChannelName } from '../../network/use-channels.ts'
import { EurosInput } from '../euros-input.tsx'
import type { PairRule } from './mix-question.ts'

const kinds = ['needs', 'not_both', 'loss'] as const
/** As many as anybody reads. */
const mostPairs = 30

type Props = {
  channels: readonly string[]
  pairs: readonly PairRule[]
  onChange: (pairs: readonly PairRule[]) => void
}

/** What is said of two channels: one only with the other, never both, or what they take from each other. */
export function MixPairs({ channels, pairs, onChange }: Props) {
  const t = useT()
  const change = (at: number, next: Partial<PairRule>) =>
    onChange(pairs.map((one, other) => (other === at ? { ...one, ...next } : one)))
  return (
    <>
      {pairs.map((pair, at) => (
        // Rules have no names of their own, and are only added at the end.
        <PairFields
          key={at}
          number={at + 1}
          channels={channels}
          pair={pair}
          onChange={(next) => change(at, next)}
          onRemove={() => onChange(pairs.filter((_, other) => other !== at))}
        />
      ))}
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={channels.length < 2 || pairs.length >= mostPairs}
        onClick={() => onChange([...pairs, { kind: 'needs', one: '', other: '', lossMinor: 0 }])}
      >
        {t('grid.mix.pair.add')}
      </Button>
    </>
  )
}

function PairFields({
  number,
  channels,
  pair,
  onChange,
  onRemove,
}: {
  number: number
  channels: readonly string[]
  pair: PairRule
  onChange: (next: Partial<PairRule>) => void
  onRemove: () => void
}) {
  const t = useT()
  const channelName = useChannelName()
  const choice = (not: string) =>
    channels.filter((code) => code !== not).map((code) => ({ value: code, label: channelName(code) }))
  return (
    <fieldset className="bo-grid-criterion">
      <legend className="visually-hidden">{t('grid.mix.pair', { number })}</legend>
      <Select
        label={t('grid.mix.pair.one')}
        searchable
        placeholder={t('grid.mix.pair.choose')}
        data={choice(pair.other)}
        value={pair.one || null}
        onChange={(one) => onChange({ one: one ?? '' })}
      />
      <Select
        label={t('grid.mix.pair.kind')}
        allowDeselect={false}
        data={kinds.map((kind) => ({ value: kind, label: t(`grid.mix.pair.${kind}`) }))}
        value={pair.kind}
        onChange={(kind) => onChange({ kind: kinds.find((one) => one === kind) ?? 'needs' })}
      />
      <Select
        label={t('grid.mix.pair.other')}
        searchable
        placeholder={t('grid.mix.pair.choose')}
        data={choice(pair.one)}
        value={pair.other || null}
        onChange={(other) => onChange({ other: other ?? '' })}
      />
      {pair.kind === 'loss' && (
        <EurosInput
          label={t('grid.mix.pair.amount')}
          value={pair.lossMinor / 100}
          onChange={(euros) => onChange({ lossMinor: Math.round(euros * 100) })}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className="bo-grid-remove"
        aria-label={t('grid.mix.pair.remove', { number })}
        onClick={onRemove}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </fieldset>
  )
}
