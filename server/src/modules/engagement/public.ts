/** Messages to customers about their orders. */
export type { MailLinks } from './prepare-content.ts'
