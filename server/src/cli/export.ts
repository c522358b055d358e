import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportKinds } from '@ecluse/contracts/interchange.ts'
import { Refusal } from '../kernel/errors.ts'
import { exportData, type ExportKind } from '../modules/interchange/public.ts'
import { openContext } from './cli-services.ts'
import { UsageError, type Command } from './command.ts'

/** `npx ecluse export KIND [FILE]`: writes data back in the form it is imported from, to a file or to standard output. */
export const exportCommand: Command = {
  arguments: ['KIND', '[FILE]'],
  options: { place: { type: 'string', value: 'CODE', help: 'cli.export.place' } },
  async run(call) {
    const [kindText = '', path] = call.arguments
    const kind = exportKinds.find((known): known is ExportKind => known === kindText)
    if (!kind) throw new UsageError('cli.import.unknown_kind', { kind: kindText, kinds: exportKinds.join(', ') })
    const ctx = await openContext(call)
    const place = typeof call.options['place'] === 'string' ? call.options['place'] : undefined
    const content = await exportData(ctx, kind, { place }).catch((error: unknown) => {
      if (error instanceof Refusal) throw new UsageError('cli.export.no_place', { place: place ?? '' }, error)
      throw error
    })
    let bytes = 0
    const counter = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length
        done(null, chunk)
      },
    })
    if (path === undefined) await pipeline(content, counter, process.stdout, { end: false, signal: call.signal })
    else await pipeline(content, counter, createWriteStream(path), { signal: call.signal })
    return {
      ok: true,
      result: { ok: true, kind, bytes, file: path ?? null },
      lines: path === undefined ? [] : [call.text('cli.export.done', { path, bytes })],
    }
  },
}
