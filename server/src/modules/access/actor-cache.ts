import type { Actor } from '../../kernel/context.ts'
import type { Clock } from '../../kernel/clock.ts'

const keptMs = 5_000
const mostEntries = 5_000

type Entry = { readonly actor: Actor; readonly until: number }

/** Who a credential stands for, remembered for five seconds. What this process changes is forgotten at once. */
export type ActorCache = {
  get(credential: string): Actor | undefined
  /** Looks it up with `load` and remembers the answer, unless something was forgotten meanwhile. */
  load(credential: string, load: () => Promise<{ actor: Actor; expiresAt: Date | null }>): Promise<Actor>
  forgetCredential(credential: string): void
  forgetAccount(accountId: string): void
  forgetApiKey(keyId: string): void
}

export function createActorCache(clock: Clock): ActorCache {
  const entries = new Map<string, Entry>()
  // Grows with each forgetting: an answer that was read before it must not be kept after it.
  let generation = 0
  const forget = (matches: (actor: Actor) => boolean): void => {
    generation++
    for (const [credential, { actor }] of entries) if (matches(actor)) entries.delete(credential)
  }
  return {
    get(credential) {
      const entry = entries.get(credential)
      if (entry === undefined) return undefined
      if (entry.until > clock.now().getTime()) return entry.actor
      entries.delete(credential)
      return undefined
    },
    async load(credential, load) {
      const before = generation
      const { actor, expiresAt } = await load()
      if (before !== generation) return actor
      if (entries.size >= mostEntries) entries.delete(entries.keys().next().value ?? '')
      const until = clock.now().getTime() + keptMs
      entries.set(credential, { actor, until: Math.min(until, expiresAt?.getTime() ?? until) })
      return actor
    },
    forgetCredential(credential) {
      generation++
      entries.delete(credential)
    },
    forgetAccount: (accountId) => forget((actor) => 'accountId' in actor && actor.accountId === accountId),
    forgetApiKey: (keyId) => forget((actor) => actor.kind === 'api_key' && actor.keyId === keyId),
  }
}
