import { journeyEndpoints as endpoints } from '@ecluse/contracts/journey-endpoints.ts'
import type { ContactDecision } from '@ecluse/contracts/journeys.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { membersOf } from '../../customers/public.ts'
import { readContactPolicy, writeContactPolicy } from './contact-policy.ts'
import { decisionView } from './decision-view.ts'
import { journeySummary, participantView, readJourney, versionView } from './journey-view.ts'
import { readResults } from './journey-results.ts'
import { daysBetween, listDecisions } from './queries/contacts.ts'
import { plannedBetween, selectJourneys, versionsOf } from './queries/journeys.ts'
import { listParticipants } from './queries/participants.ts'
import { noteContactEvents } from './told-contacts.ts'
import {
  createJourney,
  deleteJourney,
  pauseJourney,
  publishJourney,
  resumeJourney,
  stopJourney,
  updateJourney,
} from './write-journey.ts'

/** Campaigns and journeys, who is in them, what they brought, and why somebody got what they got. */
export const journeyRoutes: Routes = (app, services) => {
  writing(app, services)
  contacts(app, services)

  implement(app, services, 'listJourneys', endpoints.listJourneys, async ({ db }) => ({
    items: (await selectJourneys(db)).map(journeySummary),
  }))

  implement(app, services, 'getJourney', endpoints.getJourney, ({ db }, { params }) =>
    readJourney(db, params.journeyId),
  )

  implement(app, services, 'listJourneyVersions', endpoints.listJourneyVersions, async ({ db }, { params }) => {
    await readJourney(db, params.journeyId)
    return { items: (await versionsOf(db, params.journeyId)).map(versionView) }
  })

  implement(app, services, 'listJourneyPeople', endpoints.listJourneyPeople, async ({ db }, { params, query }) => {
    await readJourney(db, params.journeyId)
    const { nodeId, state, limit } = query
    const afterId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
    const rows = await listParticipants(db, { ...params, nodeId, state, afterId, limit: limit + 1 })
    return pageOf(rows, limit, participantView, (row) => [row.id])
  })

  implement(app, services, 'getJourneyResults', endpoints.getJourneyResults, (ctx, { params }) =>
    readResults(ctx, params.journeyId),
  )
}

const writing: Routes = (app, services) => {
  implement(app, services, 'createJourney', endpoints.createJourney, (ctx, { body }) =>
    command(ctx, (tx) => createJourney(ctx, tx, body)),
  )
  implement(app, services, 'updateJourney', endpoints.updateJourney, (ctx, { params, body }) =>
    command(ctx, (tx) => updateJourney(ctx, tx, params.journeyId, body)),
  )
  implement(app, services, 'deleteJourney', endpoints.deleteJourney, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteJourney(tx, params.journeyId))
    return undefined
  })
  implement(app, services, 'publishJourney', endpoints.publishJourney, (ctx, { params, body }) =>
    command(ctx, (tx) => publishJourney(ctx, tx, params.journeyId, body)),
  )
  implement(app, services, 'pauseJourney', endpoints.pauseJourney, (ctx, { params, body }) =>
    command(ctx, (tx) => pauseJourney(ctx, tx, params.journeyId, body.reason)),
  )
  implement(app, services, 'resumeJourney', endpoints.resumeJourney, (ctx, { params }) =>
    command(ctx, (tx) => resumeJourney(ctx, tx, params.journeyId)),
  )
  implement(app, services, 'stopJourney', endpoints.stopJourney, (ctx, { params, body }) =>
    command(ctx, (tx) => stopJourney(ctx, tx, params.journeyId, body.reason)),
  )
}

const contacts: Routes = (app, services) => {
  implement(
    app,
    services,
    'listContactDecisions',
    endpoints.listContactDecisions,
    async ({ db }, { params, query }) => {
      const members = await membersOf(db, params.customerId)
      if (members.length === 0) throw refuse('customers.not_found')
      const afterId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
      const rows = await listDecisions(db, members, afterId, query.limit + 1)
      return pageOf(
        rows,
        query.limit,
        (row): ContactDecision => decisionView(row, params.customerId),
        (row) => [row.id],
      )
    },
  )

  implement(app, services, 'getContactCalendar', endpoints.getContactCalendar, async ({ db }, { query }) => {
    const { from, until } = query
    const end = new Date(Date.parse(until) + 86_400_000)
    const [made, planned] = await Promise.all([daysBetween(db, from, until), plannedBetween(db, new Date(from), end)])
    return {
      items: [
        ...made.map(({ date, journey_id: journeyId, name, medium, contacts: people }) => ({
          date,
          journeyId,
          name,
          planned: false,
          medium,
          people,
        })),
        ...planned.map(({ id: journeyId, name, intake_at, people }) => ({
          date: intake_at.toISOString().slice(0, 10),
          journeyId,
          name,
          planned: true,
          medium: null,
          people,
        })),
      ],
    }
  })

  implement(app, services, 'getContactPolicy', endpoints.getContactPolicy, ({ db }) => readContactPolicy(db))
  implement(app, services, 'putContactPolicy', endpoints.putContactPolicy, (ctx, { body }) =>
    command(ctx, (tx) => writeContactPolicy(tx, body)),
  )
  implement(app, services, 'recordContactEvents', endpoints.recordContactEvents, async (ctx, { body }) => {
    const events = body.events.map(({ customerId: partyId, at, ...rest }) => ({ ...rest, partyId, at: new Date(at) }))
    return { recorded: await command(ctx, (tx) => noteContactEvents(ctx, tx, events)) }
  })
}
