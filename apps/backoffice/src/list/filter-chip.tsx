import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** A filter that is set from elsewhere, a figure or a link: what it keeps, and how to be rid of it. */
export function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  const t = useT()
  return (
    <Button
      className="bo-chip"
      variant="light"
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={t('list.removeFilter', { name: label })}
      onClick={onRemove}
    >
      {label}
    </Button>
  )
}
