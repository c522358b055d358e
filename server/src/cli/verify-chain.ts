import { verifyConsents } from '../modules/customers/public.ts'
import { openContext } from './cli-services.ts'
import type { Command } from './command.ts'

/** `npx ecluse verify-chain`: whether every consent is what was written, in its order, and sealed by this server. Changes nothing. */
export const verifyChainCommand: Command = {
  arguments: [],
  options: {},
  async run(call) {
    const ctx = await openContext(call)
    const { chains, entries, broken } = await verifyConsents(ctx.config, ctx.db)
    const ok = broken.length === 0
    return {
      ok,
      result: { ok, chains, entries, broken },
      lines: [
        ...broken.map(({ partyId, sequence, fault }) =>
          call.text('cli.verify_chain.broken', { party: partyId, sequence, fault }),
        ),
        call.text('cli.verify_chain.done', { chains, entries, broken: broken.length }),
      ],
    }
  },
}
