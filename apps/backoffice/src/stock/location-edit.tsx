import { useState } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** Where an article lies at its place: aisle and shelf, in the order of which it is picked. */
export function LocationEdit({ level }: { level: StockLevel }) {
  const t = useT()
  const [text, setText] = useState(level.location ?? '')
  const { variantId, placeId } = level
  const save = useAct({
    act: (location: string | null) =>
      call(endpoints.setLocation, { params: { variantId, placeId }, body: { location } }),
    touches: ['/stock', '/fulfillments', '/picking-rounds'],
    done: () => t('stock.location.saved'),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(text.trim() || null)
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={t('stock.location')}
          description={t('stock.location.help')}
          maxLength={40}
          autoComplete="off"
          value={text}
          style={{ flex: 1 }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={text.trim() === (level.location ?? '')}
        >
          {t('app.save')}
        </Button>
      </Group>
    </form>
  )
}
