import type { z } from 'zod'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'

/** What the day's figures are made of. */
export type TodayFigures = z.output<typeof endpoints.getToday.response>
