import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { messageOf } from './api.ts'
import { currentLocale } from './locale.tsx'

/** Toasts live outside React's words; the one word they need is here. */
const closeButton = () => ({ 'aria-label': currentLocale() === 'fr' ? 'Fermer' : 'Close', size: 'lg' as const })

/** Says that something is done; with `undo`, offers to take it back for ten seconds. Read aloud politely. */
export function tellDone(message: string, undo?: { label: string; run: () => void }): void {
  const id = `done-${Date.now()}-${Math.round(performance.now())}`
  notifications.show({
    id,
    role: 'status',
    closeButtonProps: closeButton(),
    color: 'green',
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: undo ? 10_000 : 4_000,
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          flex="none"
          size="sm"
          variant="light"
          onClick={() => {
            notifications.hide(id)
            undo.run()
          }}
        >
          {undo.label}
        </Button>
      </Group>
    ) : (
      message
    ),
  })
}

/** Says that something was refused, in the server's words. Stays until closed: it must be read. */
export function tellRefusal(error: unknown): void {
  notifications.show({
    role: 'alert',
    closeButtonProps: closeButton(),
    color: 'red',
    icon: <IconAlertCircle size={18} aria-hidden />,
    autoClose: 12_000,
    message: messageOf(error),
  })
}
