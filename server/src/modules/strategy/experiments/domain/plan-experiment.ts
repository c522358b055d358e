import type { ExperimentBaseline, ExperimentDesign, ExperimentPlan } from '@ecluse/contracts/experiments.ts'
import { varianceForAlwaysValid } from '@ecluse/strategy-engine/experiments/always-valid-size.ts'
import {
  designEffect,
  powerOfMeans,
  sizeForMeans,
  sizeForShares,
} from '@ecluse/strategy-engine/experiments/sample-size.ts'
import { bisect, normalQuantile } from '@ecluse/strategy-engine/numeric/distributions.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { seatsOf } from './draw-sites.ts'

/**
 * How many customers or shops an experiment needs and how long, from what the firm’s data say. Where arms have unequal shares, the
 * comparison of the control with the smallest of them decides; where there are several, each is held to its part of the level.
 */
export function planExperiment(design: ExperimentDesign, baseline: ExperimentBaseline): ExperimentPlan {
  const terms = termsOf(design, baseline)
  const nothing: ExperimentPlan = {
    problem: null,
    level: terms.level,
    varianceRatio: terms.ratio,
    designEffect: null,
    perArm: [],
    total: null,
    alwaysTotal: null,
    days: null,
    available: 0,
    smallest: null,
  }
  if (baseline.people < 2) return { ...nothing, problem: 'no_people' }
  if (baseline.deviation === 0) return { ...nothing, problem: 'no_spread' }
  if (design.kpi === 'conversion' && baseline.mean + design.effect > 1) return { ...nothing, problem: 'above_one' }
  return design.unit === 'site'
    ? planSites(design, baseline, terms, nothing)
    : planCustomers(design, baseline, terms, nothing)
}

type Terms = { level: number; ratio: number; spread: number }

/** `spread`: 1 / share of the control + 1 / share of the smallest other arm; 4 where two share equally. */
function termsOf({ arms, level, adjust, unit }: ExperimentDesign, { varianceRatio, sites }: ExperimentBaseline): Terms {
  const [control = 0, ...others] = arms.map(({ share }) => share / 100)
  const known = unit === 'site' ? sites?.varianceRatio : varianceRatio
  return {
    level: level / others.length,
    ratio: adjust ? Math.max(0.01, known ?? 1) : 1,
    spread: 1 / control + 1 / Math.min(...others),
  }
}

function planCustomers(
  design: ExperimentDesign,
  baseline: ExperimentBaseline,
  { level, ratio, spread }: Terms,
  nothing: ExperimentPlan,
): ExperimentPlan {
  const { kpi, effect, power, arms, windowDays } = design
  const { mean, deviation, reach, buyers } = baseline
  const certainty = { level, sides: 2 } as const
  const equal =
    kpi === 'conversion'
      ? sizeForShares(mean, mean + effect, power, certainty)
      : sizeForMeans(effect, deviation, power, certainty)
  // Of baskets only those who order are measured.
  const measured = kpi === 'basket' ? buyers : 1
  const total = ((equal / 2) * ratio * spread) / measured
  const always = (deviation ** 2 * ratio * spread) / varianceForAlwaysValid(effect, power, level) / measured
  const available = reach.reduce((most, { people }) => Math.max(most, people), 0)
  const days = daysFor(total, reach)
  const z = normalQuantile(1 - level / 2) + normalQuantile(power)
  const short = days === null
  return {
    ...nothing,
    problem: short ? 'few_people' : null,
    perArm: arms.map(({ key, share }) => ({ key, size: whole((total * share) / 100) })),
    total: whole(total),
    alwaysTotal: whole(always),
    days: short ? null : days + windowDays,
    available,
    smallest: available > 0 ? z * deviation * Math.sqrt((ratio * spread) / (available * measured)) : null,
  }
}

/** More would be no number of people. */
const whole = (size: number): number => Math.ceil(Math.min(size, Number.MAX_SAFE_INTEGER))

/** After how many days so many different customers were seen; null where a year does not bring them. */
function daysFor(total: number, reach: ExperimentBaseline['reach']): number | null {
  let before = { days: 0, people: 0 }
  for (const mark of reach.toSorted((a, b) => a.days - b.days)) {
    if (mark.people >= total) {
      const part = (total - before.people) / Math.max(1, mark.people - before.people)
      return Math.max(1, Math.ceil(before.days + part * (mark.days - before.days)))
    }
    before = mark
  }
  return null
}

/** Shops are few: their means are compared by the t test, whose power is that of so many shops. */
function planSites(
  { effect, power, arms, windowDays }: ExperimentDesign,
  { deviation, sites }: ExperimentBaseline,
  { level, ratio, spread }: Terms,
  nothing: ExperimentPlan,
): ExperimentPlan {
  if (sites === null) return { ...nothing, problem: 'few_sites' }
  const certainty = { level, sides: 2 } as const
  const inflation = designEffect(Math.max(1, sites.customers), sites.likeness)
  // Between means of shops: a share ρ of the variance stays however many customers they have.
  const between = deviation * Math.sqrt((inflation / Math.max(1, sites.customers)) * ratio)
  const total = (sizeForMeans(effect, between, power, certainty) / 2) * spread
  const seats = seatsOf(sites.count, arms)
  const needed = Math.max(Math.ceil(total - 1e-9), 2 * arms.length)
  const short = needed > sites.count || seats.some((many) => many < 2)
  return {
    ...nothing,
    problem: short ? 'few_sites' : null,
    designEffect: inflation,
    perArm: arms.map(({ key }, at) => ({ key, size: seatsOf(needed, arms)[at] ?? 0 })),
    total: needed,
    days: windowDays,
    available: sites.count,
    smallest: smallestOf(between, (2 * sites.count) / spread, power, certainty),
  }
}

/** The smallest effect that so many shops in each arm find; null where there are too few to tell a spread. */
function smallestOf(
  between: number,
  perArm: number,
  power: number,
  certainty: { level: number; sides: 2 },
): number | null {
  if (perArm < 2) return null
  try {
    let high = between
    while (powerOfMeans(perArm, high, between, certainty) < power && high < between * 1e3) high *= 2
    return bisect((effect) => powerOfMeans(perArm, effect, between, certainty) - power, 0, high)
  } catch (error) {
    if (error instanceof Unanswerable) return null
    throw error
  }
}
