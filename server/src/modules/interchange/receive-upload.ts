import {
  importKindSchema,
  importSettingsSchema,
  type ImportKind,
  type ImportSettings,
} from '@ecluse/contracts/interchange.ts'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../kernel/config.ts'
import { refuse } from '../../kernel/errors.ts'
import { removeUpload, storeUpload } from './uploads.ts'

export type Upload = { fileName: string; bytes: number; kind: ImportKind; dryRun: boolean; settings: ImportSettings }

/**
 * Reads the multipart form of an import: the file goes to disk as it comes, the fields may stand before or after it.
 * @throws interchange.no_file, kernel.invalid_input, kernel.too_large, kernel.unsupported_media_type; nothing is kept then
 */
export async function receiveUpload(request: FastifyRequest, config: Config, importId: string): Promise<Upload> {
  if (!request.isMultipart()) throw refuse('kernel.unsupported_media_type')
  const fields: Record<string, string> = {}
  let file: { fileName: string; bytes: number } | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else if (part.fieldname === 'file' && !file)
        file = { fileName: cleanName(part.filename), bytes: await storeUpload(config, importId, part.file) }
      else part.file.resume()
    }
    if (!file || file.bytes === 0) throw refuse('interchange.no_file')
    return { ...file, ...readFields(fields) }
  } catch (error) {
    await removeUpload(config, importId)
    throw error
  }
}

/** The last part of a path, whatever system it comes from. */
function cleanName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/[\x00-\x1f]/g, '').slice(0, 200) || 'import.csv'
}

function readFields({
  kind,
  dryRun,
  channels,
  ...settings
}: Record<string, string>): Pick<Upload, 'kind' | 'dryRun' | 'settings'> {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
  const parsedKind = importKindSchema.safeParse(kind)
  const parsed = importSettingsSchema.safeParse({
    ...given,
    ...(channels
      ? {
          channels: channels
            .split(',')
            .map((code) => code.trim())
            .filter((code) => code !== ''),
        }
      : {}),
  })
  const isDry = /^(?:true|1|on)$/.test(dryRun ?? '')
  if (!parsedKind.success || !parsed.success || (!isDry && !/^(?:|false|0|off)$/.test(dryRun ?? '')))
    throw refuse('kernel.invalid_input')
  return { kind: parsedKind.data, dryRun: isDry, settings: parsed.data }
}
