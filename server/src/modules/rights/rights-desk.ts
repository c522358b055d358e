import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { PersonalPart } from '../../kernel/personal.ts'

/** What the rights of people need of the rest: what each module knows of people, and the page their links lead to. */
export type RightsDesk = {
  readonly parts: readonly PersonalPart[]
  readonly link: (locale: Locale, token: string) => string
  /** Where somebody says what they wish to receive. */
  readonly preferences: (locale: Locale, token: string) => string
  /** Where people exercise their rights. */
  readonly page: (locale: Locale) => string
  /** Where whoever was told of an erasure says that they stay. */
  readonly keepLink: (locale: Locale, token: string) => string
}
