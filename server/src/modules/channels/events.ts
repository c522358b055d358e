/** `channels.channel_changed`, version 1; the aggregate is the channel. */
export type ChannelChanged = { channelId: string; code: string }

/** `channels.site_changed`, version 1; the aggregate is the site. */
export type SiteChanged = { siteId: string; code: string }
