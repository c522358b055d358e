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

/** What is left of a scenario without a move: the channel it planned and its own doubts go with it. */
export function withoutMove(content: ScenarioContent, move: ScenarioMove): ScenarioContent {
  const opened = openedBy(move)
  return {
    ...content,
    moves: content.moves.filter(({ name }) => name !== move.name),
    planned: content.planned.filter(({ name }) => name !== opened),
    uncertain: content.uncertain.filter((one) => !doubts(one, move)),
  }
}

const openedBy = ({ changes }: ScenarioMove): string | undefined => changes.find(({ what }) => what === 'open')?.channel

function doubts({ affects }: ScenarioContent['uncertain'][number], move: ScenarioMove): boolean {
  const opened = openedBy(move)
  return affects.some(({ move: of, channel }) => of === move.name || (opened !== undefined && channel === opened))
}

/** A move as its form would have made it; null where it says more than the form asks, as one written by the API may. */
export function valuesOfMove(content: ScenarioContent, move: ScenarioMove): MoveValues | null {
  const opened = openedBy(move)
  const planned = content.planned.find(({ name }) => name === opened)
  const change = (what: ScenarioChange['what']) => move.changes.find((one) => one.what === what)
  const values: MoveValues = {
    kind: move.kind,
    name: move.name,
    month: move.month,
    channel: planned?.like ?? move.changes[0]?.channel ?? '',
    newChannel: opened ?? '',
    investment: move.investment,
    monthlyCost: move.monthlyCost,
    appealBy: planned?.appealBy ?? change('appeal')?.by ?? 0,
    priceTimes: change('price')?.times ?? 1,
    orderCostBy: change('orderCost')?.by ?? 0,
    commissionBy: change('commission')?.by ?? 0,
    stockTo: change('inStock')?.to ?? 1,
    fixedCost: planned?.fixedCost ?? 0,
    capacity: planned?.capacity ?? '',
    monthsToBeKnown: planned?.monthsToBeKnown ?? 6,
    uncertain: content.uncertain.some((one) => doubts(one, move)),
  }
  const again = contentWith(withoutMove(content, move), values, { effect: '', cost: '' })
  const same = JSON.stringify(again.moves?.at(-1)?.changes) === JSON.stringify(move.changes)
  return same && (move.kind !== 'open') === (planned === undefined) ? values : null
}

/** A scenario with a move as it was changed: doubts that were judged stay, and what names the move or its channel follows. */
export function contentWithChanged(
  content: ScenarioContent,
  move: ScenarioMove,
  values: MoveValues,
  words: { effect: string; cost: string },
): Partial<ScenarioContent> {
  const rest = withoutMove(content, move)
  const next = { ...rest, ...contentWith(rest, values, words) }
  const [before, after] = [openedBy(move), values.newChannel]
  const renamed = <T extends { channel?: string | undefined }>(one: T): T =>
    before !== undefined && values.kind === 'open' && one.channel === before ? { ...one, channel: after } : one
  const judged = content.uncertain
    .filter((one) => doubts(one, move))
    .map((one) => ({
      ...one,
      affects: one.affects.map((of) => renamed(of.move === move.name ? { ...of, move: values.name } : of)),
    }))
  return {
    moves: next.moves.map((one) => ({ ...one, changes: one.changes.map(renamed) })),
    planned: next.planned.map((one) => (one.like === before ? { ...one, like: after } : one)),
    uncertain: values.uncertain && judged.length > 0 ? [...rest.uncertain, ...judged] : next.uncertain,
  }
}
