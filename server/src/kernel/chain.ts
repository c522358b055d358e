import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { assert } from './assert.ts'

/** What a chain's content may be made of. */
export type ChainValue =
  string | number | boolean | null | readonly ChainValue[] | { readonly [name: string]: ChainValue }

/**
 * The one way of writing a value down: names sorted by code unit, no spaces, what is undefined left out (RFC 8785, for integers,
 * texts, lists and objects; other numbers are refused, since their writing is where programs differ).
 */
export function canonicalJson(value: ChainValue): string {
  if (Array.isArray(value)) return `[${(value as readonly ChainValue[]).map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value).filter((name) => (value as Record<string, unknown>)[name] !== undefined)
    const pairs = names
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, ChainValue>)[name] ?? null)}`)
    return `{${pairs.join(',')}}`
  }
  assert(typeof value !== 'number' || Number.isSafeInteger(value), 'a chain holds whole numbers only')
  return JSON.stringify(value)
}

/** A key of the server for one purpose, and by what it is recognised without being told. */
export type ChainKey = { readonly id: string; readonly secret: Buffer }

export function chainKey(serverSecret: string, purpose: string): ChainKey {
  const secret = createHmac('sha256', serverSecret).update(`chain\0${purpose}`).digest()
  return { id: createHash('sha256').update(secret).digest('hex').slice(0, 8), secret }
}

/** One entry: its content as it was written, sealed with the one before. */
export type ChainLink = {
  readonly content: string
  readonly previous: Buffer | null
  readonly hash: Buffer
  readonly signature: Buffer
  readonly key_id: string
}

/** Seals a content behind the last entry of its chain. */
export function sealLink(key: ChainKey, content: ChainValue, previous: Buffer | null): ChainLink {
  const text = canonicalJson(content)
  const hash = hashOf(text, previous)
  return { content: text, previous, hash, signature: signatureOf(key, hash), key_id: key.id }
}

/** What is wrong with a chain, and at which entry, counted from 0. */
export type ChainFault = { readonly at: number; readonly fault: 'hash' | 'order' | 'signature' | 'unknown_key' }

/** Checks a chain from its first entry; null when it is what was written. An entry cut off at the end leaves no trace here. */
export function checkChain(key: ChainKey, links: readonly ChainLink[]): ChainFault | null {
  let before: Buffer | null = null
  for (const [at, link] of links.entries()) {
    const follows = before === null ? link.previous === null : link.previous?.equals(before)
    if (!follows) return { at, fault: 'order' }
    if (!link.hash.equals(hashOf(link.content, link.previous))) return { at, fault: 'hash' }
    if (link.key_id !== key.id) return { at, fault: 'unknown_key' }
    const signature = signatureOf(key, link.hash)
    if (link.signature.length !== signature.length || !timingSafeEqual(link.signature, signature))
      return { at, fault: 'signature' }
    before = link.hash
  }
  return null
}

function hashOf(content: string, previous: Buffer | null): Buffer {
  return createHash('sha256')
    .update(previous ?? Buffer.alloc(32))
    .update(content)
    .digest()
}

function signatureOf(key: ChainKey, hash: Buffer): Buffer {
  return createHmac('sha256', key.secret).update(hash).digest()
}
