/** Something told of a contact, as far as it tells people from machines. */
type Told = {
  readonly contactId: string
  readonly kind: string
  readonly at: Date
  readonly userAgent: string
  readonly ip: string
  /** What only machines do: ask without reading, fetch ahead, follow a link that nobody sees. */
  readonly sign?: 'head' | 'ahead' | 'trap' | null | undefined
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
/** Who followed the link that nobody sees followed all others so near to it. */
const trapMs = 60_000

/**
 * Why something that was opened or clicked was not by a person: the rule that says so; null when nothing does. Whatever is not opened
 * or clicked is nobody's act. The rules are by what only machines do, by the program's name, by the time since it was sent, and by
 * what else was followed around it.
 *
 * Apple (2021), Mail Privacy Protection: remote content is loaded in the background, whether or not the message is read.
 */
export function machineRule(
  event: Told,
  sentAt: Date | null,
  together: readonly Told[],
): 'head' | 'ahead' | 'trap' | 'program' | 'prefetch' | 'too_soon' | 'burst' | null {
  if (event.kind !== 'opened' && event.kind !== 'clicked') return null
  if (event.sign) return event.sign
  if (applePrefetch.test(event.userAgent.trim())) return 'prefetch'
  if (programs.test(event.userAgent)) return 'program'
  const since = sentAt === null ? Infinity : event.at.getTime() - sentAt.getTime()
  if (since < (event.kind === 'clicked' ? fastestClickMs : fastestOpenMs)) return 'too_soon'
  return event.kind === 'clicked' ? ruleOfOthers(event, together) : null
}

function ruleOfOthers(event: Told, together: readonly Told[]): 'trap' | 'burst' | null {
  const clicks = together.filter(({ kind, contactId }) => kind === 'clicked' && contactId === event.contactId)
  const within = (ms: number) => clicks.filter(({ at }) => Math.abs(at.getTime() - event.at.getTime()) <= ms)
  if (within(trapMs).some(({ sign }) => sign === 'trap')) return 'trap'
  // What is told twice happened once.
  return new Set(within(burstMs).map(({ at }) => at.getTime())).size >= burst ? 'burst' : null
}
