import { yieldEndpoints as endpoints } from '@ecluse/contracts/yield.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { answerable } from '../answerable.ts'
import { judgeYield } from './domain/judge-yield.ts'

/** Places of rides and workshops, at several prices. */
export const yieldRoutes: Routes = (app, services) => {
  implement(app, services, 'judgeYield', endpoints.judgeYield, async ({ locale }, { body }) =>
    answerable(locale, () => judgeYield(body)),
  )
}
