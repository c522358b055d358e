import { useSyncExternalStore } from 'react'
import { keep, recall } from '../app/storage.ts'
import { emptyBasket, type Basket } from './basket.ts'

/** A basket put aside, to be taken up again. */
export type HeldBasket = { readonly basket: Basket; readonly heldAt: string }

type Counter = { readonly basket: Basket; readonly held: readonly HeldBasket[] }

const listeners = new Set<() => void>()
const counters = new Map<string, Counter>()
const keyOf = (siteId: string) => `ecluse.pos.counter.${siteId}`

function read(siteId: string): Counter {
  const known = counters.get(siteId)
  if (known) return known
  const counter = recall(keyOf(siteId), isCounter) ?? { basket: emptyBasket(), held: [] }
  counters.set(siteId, counter)
  return counter
}

/** Changes what lies on a shop's counter; kept on this till, so that neither a reload nor an ended session loses it. */
export function changeCounter(siteId: string, change: (counter: Counter) => Counter): void {
  const before = read(siteId)
  const after = change(before)
  if (after === before) return
  counters.set(siteId, after)
  keep(keyOf(siteId), after)
  for (const listener of listeners) listener()
}

/** What lies on the counter of a shop, kept true. */
export function useCounter(siteId: string): Counter {
  return useSyncExternalStore(subscribe, () => read(siteId))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function changeBasket(siteId: string, change: (basket: Basket) => Basket): void {
  changeCounter(siteId, (counter) => {
    const basket = change(counter.basket)
    return basket === counter.basket ? counter : { ...counter, basket }
  })
}

export function readBasket(siteId: string): Basket {
  return read(siteId).basket
}

/** Puts the basket aside and clears the counter. */
export function holdBasket(siteId: string, now: Date): void {
  changeCounter(siteId, ({ basket, held }) => ({
    basket: emptyBasket(),
    held: [{ basket, heldAt: now.toISOString() }, ...held],
  }))
}

/** Takes a basket up again; the one on the counter, if any, is put aside in its stead. */
export function resumeBasket(siteId: string, key: string, now: Date): void {
  changeCounter(siteId, (counter) => {
    const found = counter.held.find(({ basket }) => basket.key === key)
    if (!found) return counter
    const others = counter.held.filter((held) => held !== found)
    const aside = counter.basket.lines.length > 0 ? [{ basket: counter.basket, heldAt: now.toISOString() }] : []
    return { basket: found.basket, held: [...aside, ...others] }
  })
}

/** Throws a held basket away; answers how to bring it back. */
export function dropHeld(siteId: string, key: string): () => void {
  const found = read(siteId).held.find(({ basket }) => basket.key === key)
  changeCounter(siteId, (counter) => ({ ...counter, held: counter.held.filter((held) => held !== found) }))
  return () => {
    if (found) changeCounter(siteId, (counter) => ({ ...counter, held: [found, ...counter.held] }))
  }
}

function isCounter(value: unknown): value is Counter {
  if (typeof value !== 'object' || value === null) return false
  const { basket, held } = value as Partial<Counter>
  return isBasket(basket) && Array.isArray(held) && held.every((one: Partial<HeldBasket>) => isBasket(one.basket))
}

function isBasket(value: unknown): value is Basket {
  if (typeof value !== 'object' || value === null) return false
  const { key, lines } = value as Partial<Basket>
  return typeof key === 'string' && Array.isArray(lines)
}
