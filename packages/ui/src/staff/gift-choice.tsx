import { Switch, Textarea, type MantineSize } from '@mantine/core'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import { useWords } from './words.ts'

type Props = { gift: Gift | null; size?: MantineSize; onChange: (gift: Gift | null) => void }

/** Whether an order is a present, and the words that go with it. */
export function GiftChoice({ gift, size = 'sm', onChange }: Props) {
  const t = useWords()
  return (
    <>
      <Switch
        size={size}
        label={t('ui.gift.is')}
        description={t('ui.gift.hint')}
        checked={gift !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { message: '' } : null)}
      />
      {gift && (
        <Textarea
          size={size}
          label={t('ui.gift.message')}
          autosize
          minRows={2}
          maxLength={300}
          value={gift.message}
          onChange={(event) => onChange({ message: event.currentTarget.value })}
        />
      )}
    </>
  )
}
