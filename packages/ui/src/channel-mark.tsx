import {
  IconAffiliate,
  IconBrowser,
  IconBriefcase,
  IconBuildingStore,
  IconBasket,
  IconDeviceMobile,
  IconDeviceTablet,
  IconMail,
  IconMessage,
  IconMailbox,
  IconNews,
  IconPhone,
  IconRobot,
  IconShare,
  type Icon,
} from '@tabler/icons-react'
import { useIntl } from 'react-intl'
import type { ChannelMedium } from '@ecluse/contracts/channels.ts'

/** One icon per medium, all of one outlined set; a medium without one does not compile. */
export const channelIcons: Record<ChannelMedium, Icon> = {
  web: IconBrowser,
  mobile: IconDeviceMobile,
  store: IconBuildingStore,
  kiosk: IconDeviceTablet,
  phone: IconPhone,
  field: IconBriefcase,
  print: IconNews,
  email: IconMail,
  sms: IconMessage,
  letter: IconMailbox,
  marketplace: IconBasket,
  partner: IconAffiliate,
  social: IconShare,
  agent: IconRobot,
}

/** The colour of a medium in plots, where a CSS colour is wanted. */
export function channelColour(medium: ChannelMedium): string {
  return `var(--channel-${medium})`
}

/**
 * The mark of a channel: icon, colour and name, the same wherever a channel is shown.
 *
 * @param label the channel's own name (“Alizé Nantes”); the medium's name without it.
 * @param variant `chip` on a soft ground; `plain` in running text and tables; `icon` alone, its name read aloud and on hover.
 */
export function ChannelMark({
  medium,
  label,
  variant = 'chip',
}: {
  medium: ChannelMedium
  label?: string
  variant?: 'chip' | 'plain' | 'icon'
}) {
  const intl = useIntl()
  const Mark = channelIcons[medium]
  const name = label ?? intl.formatMessage({ id: `ui.channel.${medium}` })
  const style = { '--mark': `var(--channel-${medium})`, '--mark-soft': `var(--channel-${medium}-soft)` }
  return (
    <span
      className="ec-mark"
      data-variant={variant}
      style={style as React.CSSProperties}
      title={variant === 'icon' ? name : undefined}
    >
      <Mark aria-hidden size={16} stroke={1.75} />
      <span className={variant === 'icon' ? 'visually-hidden' : 'ec-mark-name'}>{name}</span>
    </span>
  )
}
