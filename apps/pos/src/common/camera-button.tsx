import { ActionIcon } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** Opens the camera, from the end of a field that takes a code. */
export function CameraButton({ onOpen }: { onOpen: () => void }) {
  const t = useT()
  return (
    <ActionIcon size={44} onClick={onOpen} aria-label={t('scan.open')}>
      <IconCamera size={24} stroke={1.5} aria-hidden />
    </ActionIcon>
  )
}
