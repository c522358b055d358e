import { circuitEndpoints as endpoints } from '@ecluse/contracts/circuits.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { answerable } from '../answerable.ts'
import { compareCircuits } from './domain/compare-circuits.ts'
import { judgeDirect } from './domain/judge-direct.ts'
import { readCircuitsToday } from './read-today.ts'

/** Circuits between maker and consumer: closed forms, so small that they are answered while one waits. */
export const circuitRoutes: Routes = (app, services) => {
  implement(app, services, 'getCircuitsToday', endpoints.getCircuitsToday, (ctx) => readCircuitsToday(ctx))

  implement(app, services, 'judgeDirectChannel', endpoints.judgeDirectChannel, async ({ locale }, { body }) =>
    answerable(locale, () => judgeDirect(body)),
  )

  implement(app, services, 'compareCircuits', endpoints.compareCircuits, async ({ locale }, { body }) =>
    answerable(locale, () => compareCircuits(body)),
  )
}
