import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'

/** How a form in a dialog ends: leave it, or send it; `final` is what cannot be taken back. */
export function FormEnd(props: {
  onCancel: () => void
  busy: boolean
  label: string
  icon?: ReactNode
  final?: boolean
}) {
  const t = useT()
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={props.onCancel}>
        {t('app.cancel')}
      </Button>
      <Button type="submit" loading={props.busy} color={props.final ? 'red' : undefined} leftSection={props.icon}>
        {props.label}
      </Button>
    </Group>
  )
}
