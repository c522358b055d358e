import {
  IconArrowsSplit,
  IconDoorEnter,
  IconDoorExit,
  IconFlag,
  IconFlask,
  IconHourglass,
  IconMail,
  IconMailHeart,
  IconMessage,
  IconBell,
  IconPhone,
  IconSocial,
  IconScale,
  IconSend,
  type Icon,
} from '@tabler/icons-react'
import type { Medium } from '@ecluse/contracts/consents.ts'
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

export const mediumIcons: Record<Medium, Icon> = {
  email: IconMail,
  sms: IconMessage,
  phone: IconPhone,
  letter: IconMailHeart,
  push: IconBell,
  social: IconSocial,
}
