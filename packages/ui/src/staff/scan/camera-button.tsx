import { ActionIcon } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useWords } from '../words.ts'

/** Opens the camera, from the end of a field that takes a code. */
export function CameraButton({ onOpen }: { onOpen: () => void }) {
  const t = useWords()
  return (
    <ActionIcon size={44} onClick={onOpen} aria-label={t('ui.scan.open')}>
      <IconCamera size={24} stroke={1.5} aria-hidden />
    </ActionIcon>
  )
}
