import type { z } from 'zod'
import type { Translate } from '../app/i18n.ts'

type Issue = z.core.$ZodIssue

/** What a schema refused, by path (`variants.0.gtin`), in words one can act on. */
export function errorsOf(error: z.ZodError, t: Translate): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) {
    const path = issue.path.join('.')
    errors[path] ??= wordsOfIssue(issue, t)
  }
  return errors
}

/** What stands above a form whose fields say what is wrong. */
export function wordsOf(t: Translate): string {
  return t('field.seeBelow')
}

function wordsOfIssue(issue: Issue, t: Translate): string {
  if (issue.message === 'gtin.check_digit') return t('field.gtin.checkDigit')
  if (issue.message === 'company.siren') return t('field.siren')
  if (issue.message === 'company.siret') return t('field.siret')
  if (issue.message === 'company.vat') return t('field.vat')
  if (issue.message === 'experiment.shares') return t('experiment.shares')
  const format = issue.code === 'invalid_format' ? issue.format : ''
  if (format === 'email') return t('field.email')
  if (format === 'regex' && String(issue.path.at(-1)) === 'gtin') return t('field.gtin.length')
  if (format === 'regex') return t('field.code')
  if (issue.code === 'too_small') return tooSmall(issue, t)
  if (issue.code === 'too_big') return t('field.tooLong', { max: Number(issue.maximum) })
  if (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null || issue.input === '')) {
    return t('field.required')
  }
  return t('field.invalid')
}

function tooSmall(issue: Issue & { code: 'too_small' }, t: Translate): string {
  const least = Number(issue.minimum)
  if (issue.origin === 'string') return least <= 1 ? t('field.required') : t('field.tooShort', { min: least })
  if (issue.origin === 'array') return t('field.required')
  return t('field.atLeast', { min: least })
}
