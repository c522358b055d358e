import { journeyEndpoints as endpoints } from '@ecluse/contracts/journey-endpoints.ts'
import type { ContactDecision } from '@ecluse/contracts/journeys.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { membersOf, searchTerms } from '../../customers/public.ts'
import { readContactPolicy, writeContactPolicy } from './contact-policy.ts'
import { decisionView } from './decision-view.ts'
import { journeySummary, participantView, readJourney, versionView } from './journey-view.ts'
import { readResults } from './journey-results.ts'
import { listDecisions } from './queries/contacts.ts'
import { selectJourneys, versionsOf } from './queries/journeys.ts'
import { listParticipants } from './queries/people.ts'
import { readCalendar } from './read-calendar.ts'
import { readPersonSteps } from './read-person.ts'
import { resumePerson } from './stop-broken.ts'
import { followLink } from './follow-link.ts'
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
    const { nodeId, state, limit, q } = query
    const afterId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
    const terms = searchTerms(q)
    const rows = await listParticipants(db, { ...params, nodeId, state, terms, afterId, limit: limit + 1 })
    return pageOf(rows, limit, participantView, (row) => [row.id])
  })

  implement(app, services, 'getJourneyPerson', endpoints.getJourneyPerson, (ctx, { params }) =>
    readPersonSteps(ctx, params.journeyId, params.participantId),
  )

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
  implement(app, services, 'resumeJourneyPerson', endpoints.resumeJourneyPerson, (ctx, { params }) =>
    command(ctx, (tx) => resumePerson(ctx, tx, params.journeyId, params.participantId)),
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

  implement(app, services, 'getContactCalendar', endpoints.getContactCalendar, ({ db }, { query }) =>
    readCalendar(db, query),
  )

  implement(app, services, 'getContactPolicy', endpoints.getContactPolicy, ({ db }) => readContactPolicy(db))
  implement(app, services, 'putContactPolicy', endpoints.putContactPolicy, (ctx, { body }) =>
    command(ctx, (tx) => writeContactPolicy(tx, body)),
  )
  implement(app, services, 'followLink', endpoints.followLink, async (ctx, { query }, { request, reply }) => {
    const header = (name: string) => String(request.headers[name] ?? '')
    const { method } = request
    const purpose = `${header('purpose')} ${header('sec-purpose')} ${header('x-moz')}`
    const to = await followLink(ctx, query.token, { method, userAgent: header('user-agent'), purpose })
    return reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex').redirect(to, 302)
  })
  implement(app, services, 'recordContactEvents', endpoints.recordContactEvents, async (ctx, { body }) => {
    const events = body.events.map(({ customerId: partyId, at, ...rest }) => ({ ...rest, partyId, at: new Date(at) }))
    return { recorded: await command(ctx, (tx) => noteContactEvents(ctx, tx, events)) }
  })
}
