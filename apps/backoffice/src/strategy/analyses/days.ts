import { dayOf } from '../../common/company-day.ts'

const dayMs = 86_400_000

/** The company's day so many days ago. */
export const daysAgo = (days: number): string => dayOf(new Date(Date.now() - days * dayMs))
