import {
  IconArrowsSplit,
  IconDoorEnter,
  IconDoorExit,
  IconFlag,
  IconFlask,
  IconHourglass,
  IconScale,
  IconSend,
  type Icon,
} from '@tabler/icons-react'
import type { NodeType } from './graph-acts.ts'

/** What kinds of steps look like, everywhere. */
export const nodeIcons: Record<NodeType, Icon> = {
  entry: IconDoorEnter,
  wait: IconHourglass,
  branch: IconArrowsSplit,
  test: IconFlask,
  message: IconSend,
  decision: IconScale,
  goal: IconFlag,
  exit: IconDoorExit,
}
