import { z } from 'zod'
import { EvaluationError } from './evaluation-options.ts'
import { readTextFile } from './table.ts'

/** What a JSON file holds, gzip or not. Throws `EvaluationError` that names the part that is wrong. */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>): T {
  const text = readTextFile(file)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new EvaluationError('cli.import.no_file', { path: file, reason: 'JSON' }, error)
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new EvaluationError('cli.import.no_file', { path: file, reason: z.prettifyError(parsed.error) })
}
