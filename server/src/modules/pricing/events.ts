/** `pricing.price_changed`, version 1; the aggregate is the product. */
export type PriceChanged = { productId: string; variantIds: string[] }

/** `pricing.channel_terms_changed`, version 1: its price lists or delivery fees; the aggregate is the channel. */
export type ChannelTermsChanged = { channelId: string }
