import type { ContactDecision } from '@ecluse/contracts/journeys.ts'
import { decide } from './domain/decide.ts'
import type { DecidedRow } from './queries/contacts.ts'

const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())

/** A decision as people read it, taken once more from what was kept: it must come out the same. */
export function decisionView(row: DecidedRow, customerId: string): ContactDecision {
  const again = decide(row.inputs)
  const chosen = again.kind === 'send' ? again.chosen.option.key : null
  const { contact } = row
  return {
    id: row.id,
    customerId,
    journeyId: row.journey_id,
    journeyName: row.journey_name,
    version: row.version,
    nodeId: row.node_id,
    nodeName: row.graph.nodes.find(({ id }) => id === row.node_id)?.name ?? '',
    at: row.at.toISOString(),
    chosen: row.chosen,
    reason: row.reason,
    candidates: again.judged.map(({ option, struck, probability, answerMinor, netMicro }) => ({
      key: option.key,
      name: option.name,
      medium: option.medium,
      title: option.title,
      sendAt: option.sendAt,
      struck,
      probability,
      answerMinor,
      costMicro: option.costMicro,
      netMicro,
      own: option.own ?? null,
      kept: again.kind === 'send' && again.chosen.option === option,
    })),
    contact: contact && {
      id: contact.id,
      medium: contact.medium,
      state: contact.state,
      reason: contact.reason,
      sendAt: iso(contact.send_at) ?? '',
      sentAt: iso(contact.sent_at),
      openedAt: iso(contact.opened_at),
      clickedAt: iso(contact.clicked_at),
    },
    replay: { chosen, reason: again.reason, same: chosen === row.chosen && again.reason === row.reason },
  }
}
