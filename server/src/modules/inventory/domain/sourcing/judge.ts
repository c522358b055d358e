import { dayMs, zoneOf, type Leg } from './leg.ts'
import type { Reason, Verdict } from './reasons.ts'
import type { RuleOf, SourcingRule } from './rules.ts'
import type { LineToSource, OrderToSource, SourcingPlace } from './types.ts'

/** A list of rules sorted by what they speak about, once per order. */
export type Policy = {
  /** Those that speak about a leg, in their order. */
  readonly ofLegs: readonly SourcingRule[]
  readonly margin: RuleOf<'margin'> | undefined
  readonly supplierLast: RuleOf<'supplier_last'> | undefined
  readonly extraLegMinor: number
  readonly maxLegs: number
}

export function policyOf(rules: readonly SourcingRule[]): Policy {
  const ofLegs: SourcingRule[] = []
  let margin: RuleOf<'margin'> | undefined
  let supplierLast: RuleOf<'supplier_last'> | undefined
  let extraLegMinor = 0
  let maxLegs = Infinity
  for (const rule of rules) {
    if (!rule.enabled) continue
    if (rule.code === 'margin') margin = rule
    else if (rule.code === 'supplier_last') supplierLast = rule
    else if (rule.code === 'fewest_parcels') {
      extraLegMinor = rule.parameters.extraLegMinor
      maxLegs = rule.parameters.maxLegs ?? Infinity
    } else ofLegs.push(rule)
  }
  return { ofLegs, margin, supplierLast, extraLegMinor, maxLegs }
}

const abstain: Verdict = { effect: 'abstain' }
const allow = (reason: Reason): Verdict => ({ effect: 'allow', reason })
const forbid = (reason: Reason): Verdict => ({ effect: 'forbid', reason })
const cost = (costMinor: number, reason: Reason): Verdict => ({ effect: 'cost', costMinor, reason })
// Without details they are always the same: the hot path makes nothing anew.
const ownerConsents = allow({ code: 'owner_consents', details: {} })
const ownerDoesNotConsent = forbid({ code: 'owner_does_not_consent', details: {} })
const shopShips = allow({ code: 'shop_ships', details: {} })
const shopDoesNotShip = forbid({ code: 'shop_does_not_ship', details: {} })
const doesNotShip = forbid({ code: 'does_not_ship', details: {} })
const notInHand = forbid({ code: 'not_in_hand', details: {} })
const onTheSpot = allow({ code: 'on_the_spot', details: {} })

/** The facts of a leg: what carriage costs, or that it cannot be. */
export function carriageOf(leg: Leg, order: OrderToSource): Verdict {
  const { destination } = order
  if (leg.kind === 'pickup') return onTheSpot
  if (leg.kind === 'carry_out') {
    const inHand = leg.today && 'siteId' in destination && leg.place.siteId === destination.siteId
    return inHand ? onTheSpot : notInHand
  }
  // Whether shops ship is a rule of its own.
  if (!leg.place.shipsParcels && !isShop(leg.place)) return doesNotShip
  const zone = zoneOf(destination)
  if (!leg.band) return forbid({ code: 'out_of_reach', details: { km: leg.km, zone } })
  const { costMinor, transitDays } = leg.band
  return cost(costMinor, { code: 'carriage', details: { km: leg.km, zone, transitDays } })
}

/** What one rule says about a leg. */
export function judgeLeg(rule: SourcingRule, leg: Leg, order: OrderToSource, nowMs: number): Verdict {
  switch (rule.code) {
    case 'same_shop':
      return judgeShop(rule, leg, order)
    case 'nearest':
      return judgeDistance(rule, leg)
    case 'capacity_per_day':
      return judgeCapacity(rule, leg)
    case 'franchise_consent':
      // An owner needs no leave to sell what is his.
      if (leg.place.kind !== 'franchise' || isSeller(leg, order)) return abstain
      return leg.place.ownerConsents ? ownerConsents : ownerDoesNotConsent
    case 'ship_from_store': {
      if (!isShop(leg.place) || leg.kind === 'pickup' || leg.kind === 'carry_out') return abstain
      if (!leg.place.shipsParcels) return shopDoesNotShip
      const { surchargeMinor } = rule.parameters
      return surchargeMinor > 0 ? cost(surchargeMinor, { code: 'shop_ships', details: {} }) : shopShips
    }
    case 'promise_date':
      return judgeDate(rule, leg, order, nowMs)
    case 'fewest_parcels':
    case 'margin':
    case 'supplier_last':
      return abstain
  }
}

function isShop(place: SourcingPlace): boolean {
  return place.kind === 'shop' || place.kind === 'franchise'
}

function isSeller(leg: Leg, order: OrderToSource): boolean {
  return leg.place.siteId !== null && leg.place.siteId === order.channel.siteId
}

function judgeShop(rule: RuleOf<'same_shop'>, leg: Leg, { destination, channel }: OrderToSource): Verdict {
  const of = destination.method === 'delivery' ? 'sale' : 'pickup'
  const siteId = destination.method === 'delivery' ? channel.siteId : destination.siteId
  if (siteId === null) return abstain
  const details = { siteId, of } as const
  if (leg.place.siteId === siteId) return allow({ code: 'same_shop', details })
  const { pickupElsewhere, elsewhereMinor } = rule.parameters
  const reason = { code: 'other_shop', details } as const
  return of === 'pickup' && pickupElsewhere === 'forbid' ? forbid(reason) : cost(elsewhereMinor, reason)
}

function judgeDistance({ parameters }: RuleOf<'nearest'>, { km }: Leg): Verdict {
  if (km === null) return abstain
  const { maxKm, minorPer100Km } = parameters
  if (maxKm !== null && km > maxKm) return forbid({ code: 'too_far', details: { km, maxKm } })
  return cost(Math.round((km * minorPer100Km) / 100), { code: 'distance', details: { km } })
}

function judgeCapacity({ parameters }: RuleOf<'capacity_per_day'>, { kind, place, today }: Leg): Verdict {
  if (kind === 'carry_out') return abstain
  const { capacityLeftToday: left, loadBasisPoints } = place
  if (today && left !== null && left <= 0) return forbid({ code: 'capacity_used_up', details: { left } })
  const costMinor = Math.round((loadBasisPoints * parameters.fullLoadMinor) / 10_000)
  return cost(costMinor, { code: 'capacity_left', details: { left, loadBasisPoints } })
}

function judgeDate(
  { parameters }: RuleOf<'promise_date'>,
  { arrivesAtMs }: Leg,
  { wantedByMs }: OrderToSource,
  nowMs: number,
): Verdict {
  const lateMs = wantedByMs === null ? 0 : Math.max(0, arrivesAtMs - wantedByMs)
  if (lateMs > 0 && wantedByMs !== null && parameters.late === 'forbid')
    return forbid({ code: 'arrives_too_late', details: { arrivesAtMs, wantedByMs } })
  const days = Math.ceil(Math.max(0, arrivesAtMs - nowMs) / dayMs)
  const lateDays = Math.ceil(lateMs / dayMs)
  const costMinor = days * parameters.minorPerDay + lateDays * parameters.minorPerLateDay
  return cost(costMinor, { code: 'arrives', details: { arrivesAtMs, days, lateDays } })
}

/**
 * The cost of a whole leg.
 * @returns minor units, `Infinity` when something forbids it
 */
export function legCost(policy: Policy, leg: Leg, order: OrderToSource, nowMs: number): number {
  const carriage = carriageOf(leg, order)
  if (carriage.effect === 'forbid') return Infinity
  let total = carriage.effect === 'cost' ? carriage.costMinor : 0
  for (const rule of policy.ofLegs) {
    const verdict = judgeLeg(rule, leg, order, nowMs)
    if (verdict.effect === 'forbid') return Infinity
    if (verdict.effect === 'cost') total += verdict.costMinor
  }
  return total
}

/** The margin that one unit leaves to the owner of a place: minor units, half a cent up. */
export function marginLeftMinor(rule: RuleOf<'margin'>, line: LineToSource, place: SourcingPlace): number {
  const leftBasisPoints = Math.max(0, 10_000 - place.marginKeptBasisPoints)
  if (leftBasisPoints === 0 || line.unitMarginMinor <= 0) return 0
  return Math.round((line.unitMarginMinor * leftBasisPoints * rule.parameters.weightBasisPoints) / 100_000_000)
}

/** The cost of one unit of a line from a place: handling and what rules add; minor units. */
export function unitCost(policy: Policy, line: LineToSource, place: SourcingPlace): number {
  let total = place.handlingMinorPerUnit
  if (policy.margin) total += marginLeftMinor(policy.margin, line, place)
  if (policy.supplierLast && place.kind === 'supplier') total += policy.supplierLast.parameters.minorPerUnit
  return total
}
