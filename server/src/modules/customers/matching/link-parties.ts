import { startThread } from '../../../kernel/start-thread.ts'
import type { ComparedParty } from '../domain/person-of-party.ts'
import type { FoundLinks } from '../workers/link-worker.ts'

/** Finds which customers may be one, and which may live together, in a thread of its own, so that nobody waits for it. */
export async function linkParties(parties: readonly ComparedParty[]): Promise<FoundLinks> {
  if (parties.length < 2) return { pairs: [], homes: [] }
  const thread = startThread(new URL('../workers/link-worker.ts', import.meta.url), parties)
  try {
    return await new Promise((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error('the thread that matches customers ended early')))
    })
  } finally {
    await thread.terminate()
  }
}
