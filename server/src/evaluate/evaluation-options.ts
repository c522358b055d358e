import type { MessageKey } from '../kernel/messages.ts'
import { StartError } from '../kernel/start-error.ts'
import type { EvaluationRequest } from './evaluation.ts'

/** The question is put wrongly: an option, a column or a file that does not fit. */
export class EvaluationError extends StartError {
  constructor(key: MessageKey, values: Record<string, string | number> = {}, cause?: unknown) {
    super(key, values, cause)
    this.name = 'EvaluationError'
  }
}

/** The text of an option, or what is usual. */
export function textOption({ options }: EvaluationRequest, name: string, usual: string): string {
  const value = options[name]
  return typeof value === 'string' && value !== '' ? value : usual
}

/** The names of an option's list (`price,delay`), or those that are usual. */
export function listOption(request: EvaluationRequest, name: string, usual: readonly string[] = []): string[] {
  const text = textOption(request, name, '')
  if (text === '') return [...usual]
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** The number of an option within its bounds, or what is usual. */
export function numberOption(
  request: EvaluationRequest,
  name: string,
  usual: number,
  least = -Infinity,
  most = Infinity,
): number {
  const text = textOption(request, name, '')
  if (text === '') return usual
  const value = Number(text)
  if (!Number.isFinite(value) || value < least || value > most) {
    throw new EvaluationError('cli.import.bad_setting', { setting: name })
  }
  return value
}

/** One of a few words, or the first of them. */
export function choiceOption<T extends string>(
  request: EvaluationRequest,
  name: string,
  words: readonly [T, ...T[]],
): T {
  const text = textOption(request, name, words[0])
  const word = words.find((one) => one === text)
  if (word === undefined) throw new EvaluationError('cli.import.bad_setting', { setting: name })
  return word
}

/** The only file of an evaluation that reads one. */
export function onlyFile({ files }: EvaluationRequest): string {
  const [file, ...others] = files
  if (file === undefined || others.length > 0) throw new EvaluationError('cli.evaluate.one_file')
  return file
}
