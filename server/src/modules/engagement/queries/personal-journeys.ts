import sql from 'sql-template-tag'
import type { PersonalTable } from '../../../kernel/personal.ts'

/** Journeys they were on, what was decided for them, and what they were sent because of it. */
export const personalJourneys: readonly PersonalTable[] = [
  {
    table: 'engagement.contact',
    withheld: { claimed_until: 'copy' },
    read: ({ parties }) =>
      sql`select created_at, medium, purpose, subject, recipient, locale, candidate, state, reason, send_at, sent_at, delivered_at,
                 bounced_at, opened_at, clicked_at, answered_at, people, hour, cost_micro, journey_id, node_id, version, visit,
                 decision_id, participant_id, party_id
          from engagement.contact where party_id = any(${parties}::uuid[]) order by created_at, id`,
    erase: ({ parties }) => sql`delete from engagement.contact where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.contact_event',
    read: ({ parties }) =>
      sql`select at, kind, machine, contact_id, party_id from engagement.contact_event where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from engagement.contact_event where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.link_click',
    withheld: { judged_at: 'copy' },
    read: ({ parties }) =>
      sql`select at, user_agent, sign, contact_id, party_id from engagement.link_click where party_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) => sql`delete from engagement.link_click where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.contact_decision',
    read: ({ parties }) =>
      sql`select at, inputs, chosen, reason, journey_id, participant_id, visit, version, node_id, party_id from engagement.contact_decision
          where party_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) => sql`delete from engagement.contact_decision where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.journey_participant',
    read: ({ parties }) =>
      sql`select entered_at, journey_id, occasion, version, node_id, visit, state, reason, held_out, held_out_of_all, since, next_at, hears, cells,
                 goal_until, goal_at, value_minor, contacts, cost_micro, party_id
          from engagement.journey_participant where party_id = any(${parties}::uuid[]) order by entered_at, id`,
    erase: ({ parties }) => sql`delete from engagement.journey_participant where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.journey_step',
    read: ({ parties }) =>
      sql`select at, journey_id, version, node_id, port, visit, participant_id, party_id from engagement.journey_step
          where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from engagement.journey_step where party_id = any(${parties}::uuid[])`,
  },
]
