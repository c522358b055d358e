import { useState } from 'react'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import type { History } from './history.ts'

type Props = { history: History<unknown>; undo: () => void; redo: () => void }

/**
 * Takes back what was written and does it again, by button or key, and says so aloud. In a text field the keys are the browser's own.
 */
export function UndoButtons({ history: { past, future }, undo, redo }: Props) {
  const t = useT()
  const [told, setTold] = useState('')
  const back = () => {
    if (past.length === 0) return
    undo()
    setTold(t('history.undone', { left: past.length - 1 }))
  }
  const again = () => {
    if (future.length === 0) return
    redo()
    setTold(t('history.redone', { left: future.length - 1 }))
  }
  useHotkeys([
    ['mod+Z', back],
    ['mod+shift+Z', again],
    ['mod+Y', again],
  ])
  const buttons = [
    { label: t('history.undo'), Icon: IconArrowBackUp, act: back, disabled: past.length === 0 },
    { label: t('history.redo'), Icon: IconArrowForwardUp, act: again, disabled: future.length === 0 },
  ]
  return (
    <>
      {buttons.map(({ label, Icon, act, disabled }) => (
        <Tooltip key={label} label={label}>
          {/* Not `disabled`: the last change taken back would take the keyboard's place with it. */}
          <ActionIcon
            variant="default"
            size={36}
            aria-label={label}
            aria-disabled={disabled || undefined}
            data-disabled={disabled || undefined}
            onClick={act}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
      <span role="status" className="visually-hidden">
        {told}
      </span>
    </>
  )
}
