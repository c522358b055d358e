import { ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { useChannelName, useChannels } from './use-channels.ts'

/** The mark of a channel known by its code. */
export function ChannelOf({ code, variant = 'chip' }: { code: string; variant?: 'chip' | 'plain' | 'icon' }) {
  const channel = useChannels().find((known) => known.code === code)
  const name = useChannelName()
  if (!channel) return <span>{code}</span>
  return <ChannelMark medium={channel.medium} label={name(code)} variant={variant} />
}
