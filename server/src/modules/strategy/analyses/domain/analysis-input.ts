import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { JourneyRow } from '@ecluse/strategy-engine/attribution/journeys.ts'
import type { ChannelChoices, CustomerYear, HoldOutRow, PricedGoods } from '../../../insights/public.ts'

export type AttributionInput = {
  kind: 'attribution'
  journeys: (JourneyRow & { value: number })[]
  ordersOfAll: number
  halfLife: number
}

export type EffectInput = {
  kind: 'effect'
  /** Units by name, each with what it had in each step, those of nothing included. */
  units: { name: string; values: number[] }[]
  treated: string[]
  /** Day on which each step begins. */
  startsOn: string[]
  /** How many of the steps lie before the event. */
  before: number
  seed: number
}

export type CustomersInput = { kind: 'customers'; customers: CustomerYear[]; sampled: boolean }

export type HoldOutsInput = { kind: 'hold_outs'; rows: HoldOutRow[] }

export type DemandInput = {
  kind: 'demand'
  steps: string[]
  ahead: string[]
  /** Steps in a year, where a season may be told. */
  season: number
  horizon: number
  lead: number
  service: number
  salvage: number
  /** What one unit brings and costs on average, without VAT; nought where nobody knows. */
  units: { unit: string; name: LocalizedText | null; history: number[]; priceMinor: number; costMinor: number }[]
}

export type ChannelChoiceInput = ChannelChoices & {
  kind: 'channel_choice'
  priceChange: number
  segments: { id: string; name: string }[]
  /** What an order brings and leaves in each channel on average, without VAT. */
  margins: { channel: string; netMinor: number; marginMinor: number }[]
}

export type PriceResponseInput = {
  kind: 'price_response'
  per: 'product' | 'category'
  /** Mondays of the whole weeks of the days. */
  weeks: readonly string[]
  /** Whether each channel is also looked at alone. */
  byChannel: boolean
  /** What serving costs, goods apart, as a share of sales without VAT. */
  servingShare: number
  goods: readonly PricedGoods[]
}

export type MediaMixInput = {
  kind: 'media_mix'
  /** Mondays. */
  weeks: readonly string[]
  /** In minor units without VAT, week by week, as what was taken off prices and what was spent. */
  sales: readonly number[]
  reduced: readonly number[]
  media: readonly { medium: string; isChannel: boolean; spent: number[] }[]
  lasting: number
  marginRate: number | null
}

/** Everything an answer is computed from; the bytes of it are kept with the answer. */
export type AnalysisInput =
  | AttributionInput
  | EffectInput
  | CustomersInput
  | HoldOutsInput
  | DemandInput
  | ChannelChoiceInput
  | PriceResponseInput
  | MediaMixInput
