import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDot,
  IconClock,
  IconProgress,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Tone } from './tokens.ts'

/** What a state asks of the reader. Each has its own shape, so that no meaning rests on colour. */
export type StateTone = 'neutral' | Tone

/** `primary` is under way, `waiting` waits for someone, `urgent` is late or failed, `done` is finished. */
export const stateIcons: Record<StateTone, Icon> = {
  neutral: IconCircleDot,
  primary: IconProgress,
  waiting: IconClock,
  done: IconCircleCheck,
  urgent: IconAlertTriangle,
}

/** A state in words, with a shape and a colour of its tone. */
export function StateBadge({ tone, children }: { tone: StateTone; children: ReactNode }) {
  const Mark = stateIcons[tone]
  return (
    <span className="ec-state" data-tone={tone}>
      <Mark aria-hidden size={14} stroke={2} />
      <span>{children}</span>
    </span>
  )
}
