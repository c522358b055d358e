import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { attribute } from './attribute.ts'
import { chooseChannel } from './choose-channel.ts'
import { compareKinds } from './compare-kinds.ts'
import { forecastDemand } from './forecast-demand.ts'
import { judgeEvent } from './judge-event.ts'
import { judgeHoldOuts } from './judge-hold-outs.ts'
import { mixMedia } from './mix-media.ts'
import { respondToPrices } from './respond-to-prices.ts'

/**
 * Answers a question from what was read for it. Blocks until it is done: for a thread of its own.
 * @param onProgress how much is done, from 0 to 1
 * @throws Unanswerable
 */
export function analyse(input: AnalysisInput, onProgress: (done: number) => void): AnalysisResults {
  switch (input.kind) {
    case 'attribution':
      return attribute(input, onProgress)
    case 'effect':
      return judgeEvent(input, onProgress)
    case 'customers':
      return compareKinds(input)
    case 'demand':
      return forecastDemand(input, onProgress)
    case 'channel_choice':
      return chooseChannel(input, onProgress)
    case 'price_response':
      return respondToPrices(input, onProgress)
    case 'media_mix':
      return mixMedia(input, onProgress)
    case 'hold_outs':
      return judgeHoldOuts(input)
  }
}
