import type { MoveKind, ScenarioChange, ScenarioContent, ScenarioMove } from '@ecluse/contracts/scenario-content.ts'

/** What the form asks, before it is what the model understands. */
export type MoveValues = {
  kind: MoveKind
  name: string
  month: string
  channel: string
  newChannel: string
  investment: number
  monthlyCost: number
  /** By how much people like the channel more, in utility. */
  appealBy: number
  /** Prices times this. */
  priceTimes: number
  /** Handling of an order, more or less, in euros. */
  orderCostBy: number
  /** Share that others keep, more or less. */
  commissionBy: number
  stockTo: number
  fixedCost: number
  capacity: number | ''
  monthsToBeKnown: number
  uncertain: boolean
}

/** Which fields a kind of move asks for. */
export const fieldsOf: Record<MoveKind, readonly (keyof MoveValues)[]> = {
  open: ['newChannel', 'channel', 'appealBy', 'fixedCost', 'capacity', 'monthsToBeKnown'],
  close: ['channel'],
  price: ['channel', 'priceTimes'],
  service: ['channel', 'appealBy', 'orderCostBy'],
  budget: ['channel', 'appealBy'],
  intermediary: ['channel', 'commissionBy', 'orderCostBy', 'appealBy'],
  detection: ['channel', 'appealBy', 'stockTo'],
  prefill: ['channel', 'appealBy', 'orderCostBy'],
  other: ['channel', 'appealBy', 'priceTimes', 'orderCostBy', 'commissionBy'],
}

/** Where the fields begin: figures of an ordinary size, to be judged. */
export const startOf: Record<MoveKind, Partial<MoveValues>> = {
  open: { appealBy: -1 },
  close: {},
  price: { priceTimes: 0.95 },
  service: { appealBy: 0.1, orderCostBy: 2 },
  budget: { appealBy: 0.05 },
  intermediary: { commissionBy: -0.1, orderCostBy: 3, appealBy: -0.05 },
  detection: { appealBy: 0.03, stockTo: 0.98 },
  prefill: { appealBy: 0.05, orderCostBy: 0.5 },
  other: {},
}

/** A move as the model understands it, with the channel it plans and what is uncertain of it. */
export function contentWith(
  content: ScenarioContent,
  values: MoveValues,
  words: { effect: string; cost: string },
): Partial<ScenarioContent> {
  const asked = new Set(fieldsOf[values.kind])
  const { channel, newChannel } = values
  const changes: ScenarioChange[] = []
  if (values.kind === 'open') changes.push({ what: 'open', channel: newChannel })
  if (values.kind === 'close') changes.push({ what: 'close', channel })
  if (values.kind !== 'open' && asked.has('appealBy') && values.appealBy !== 0)
    changes.push({ what: 'appeal', channel, by: values.appealBy })
  if (asked.has('priceTimes') && values.priceTimes !== 1)
    changes.push({ what: 'price', channel, times: values.priceTimes })
  if (asked.has('orderCostBy') && values.orderCostBy !== 0)
    changes.push({ what: 'orderCost', channel, by: values.orderCostBy })
  if (asked.has('commissionBy') && values.commissionBy !== 0)
    changes.push({ what: 'commission', channel, by: values.commissionBy })
  if (asked.has('stockTo')) changes.push({ what: 'inStock', channel, to: values.stockTo })
  const { name, kind, month, investment, monthlyCost } = values
  const move: ScenarioMove = { name, kind, month, investment, monthlyCost, changes }
  const planned = {
    name: newChannel,
    like: channel,
    appealBy: values.appealBy,
    fixedCost: values.fixedCost,
    capacity: values.capacity === '' ? null : values.capacity,
    monthsToBeKnown: values.monthsToBeKnown,
  }
  return {
    moves: [...content.moves, move],
    ...(kind === 'open' ? { planned: [...content.planned, planned] } : {}),
    ...(values.uncertain ? { uncertain: [...content.uncertain, ...uncertainOf(move, newChannel, words)] } : {}),
  }
}

/** How far off a first guess usually is: effects rather less than hoped, costs rather more than planned. */
function uncertainOf(
  move: ScenarioMove,
  newChannel: string,
  words: { effect: string; cost: string },
): ScenarioContent['uncertain'] {
  const effect =
    move.kind === 'open'
      ? {
          name: words.effect,
          distribution: { kind: 'normal' as const, mean: 0, deviation: 0.4 },
          affects: [{ what: 'appeal' as const, channel: newChannel }],
        }
      : {
          name: words.effect,
          distribution: { kind: 'triangular' as const, least: 0, likely: 1, most: 1.5 },
          affects: [{ what: 'effect' as const, move: move.name }],
        }
  const cost = {
    name: words.cost,
    distribution: { kind: 'triangular' as const, least: 0.9, likely: 1, most: 1.6 },
    affects: [{ what: 'cost' as const, move: move.name }],
  }
  const costs = move.investment !== 0 || move.monthlyCost !== 0
  return [...(move.kind === 'close' ? [] : [effect]), ...(costs ? [cost] : [])]
}
