/** Something told of a contact, as far as it tells people from machines. */
type Told = {
  readonly contactId: string
  readonly kind: string
  readonly at: Date
  readonly userAgent: string
  readonly ip: string
}

/** Programs that name themselves: those that fetch pictures for mailboxes, and those that try links before people see them. */
const programs =
  /googleimageproxy|yahoomailproxy|barracuda|proofpoint|mimecast|symantec|messagelabs|safelinks|trendmicro|fortimail|ironport|bot\b|crawler|spider|preview|headless|curl|wget|python|java\/|go-http|okhttp|axios|node-fetch/i
/** What Apple's Mail Privacy Protection calls itself: nothing but this, for every picture it fetches, seen or not. */
const applePrefetch = /^mozilla\/5\.0$/i
/** Nobody reads and clicks faster. */
const fastestOpenMs = 2_000
const fastestClickMs = 5_000
/** Clicks of one contact so close together are made by what tries every link. */
const burstMs = 3_000
const burst = 3

/**
 * Why something that was opened or clicked was not by a person: the rule that says so; null when nothing does. Whatever is not opened
 * or clicked is nobody's act. The rules are by the program's name, by the time since it was sent, and by how many come at once.
 *
 * Apple (2021), Mail Privacy Protection: remote content is loaded in the background, whether or not the message is read.
 */
export function machineRule(
  event: Told,
  sentAt: Date | null,
  together: readonly Told[],
): 'program' | 'prefetch' | 'too_soon' | 'burst' | null {
  if (event.kind !== 'opened' && event.kind !== 'clicked') return null
  if (applePrefetch.test(event.userAgent.trim())) return 'prefetch'
  if (programs.test(event.userAgent)) return 'program'
  const since = sentAt === null ? Infinity : event.at.getTime() - sentAt.getTime()
  if (since < (event.kind === 'clicked' ? fastestClickMs : fastestOpenMs)) return 'too_soon'
  const close = together.filter(
    (other) =>
      other.kind === 'clicked' &&
      other.contactId === event.contactId &&
      Math.abs(other.at.getTime() - event.at.getTime()) <= burstMs,
  )
  return event.kind === 'clicked' && close.length >= burst ? 'burst' : null
}
