import { ActionIcon, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { moved } from './move-item.ts'

/** Moves an item of a list up or down, or takes it out. */
export function ItemActs<T>({
  items,
  at,
  name,
  onChange,
}: {
  items: readonly T[]
  at: number
  name: string
  onChange: (items: T[]) => void
}) {
  const t = useT()
  const icon = { size: 16, 'aria-hidden': true }
  return (
    <Group gap="xs">
      <ActionIcon
        variant="default"
        disabled={at === 0}
        aria-label={t('training.up', { name })}
        onClick={() => onChange(moved(items, at, -1))}
      >
        <IconArrowUp {...icon} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        disabled={at === items.length - 1}
        aria-label={t('training.down', { name })}
        onClick={() => onChange(moved(items, at, 1))}
      >
        <IconArrowDown {...icon} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('training.remove', { name })}
        onClick={() => onChange(items.filter((_, index) => index !== at))}
      >
        <IconTrash {...icon} />
      </ActionIcon>
    </Group>
  )
}
