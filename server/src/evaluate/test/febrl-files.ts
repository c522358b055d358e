import { createRandom, type Random } from '@ecluse/strategy-engine/numeric/random.ts'

const columns = [
  'rec_id',
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'address_2',
  'suburb',
  'postcode',
  'state',
  'date_of_birth',
  'soc_sec_id',
] as const
type Column = (typeof columns)[number]
type Row = Record<Column, string>

const given =
  'emily joshua jack sophie isabella lachlan thomas james ella william chloe benjamin samuel georgia olivia matthew jessica lauren joel daniel ruby mitchell hannah emiily nicholas liam charlotte alexander caitlin ethan jacob brianna zachary mia luke tiarna finn sarah madison harrison bailey kayla riley imogen noah lucy jasmine connor amelia dylan zoe grace jayden abby cooper lily ryan holly'.split(
    ' ',
  )
const family =
  'white smith jones clarke webb ryan campbell green reid wilson morrison matthews nguyen roche hill coleman dixon goode chandler crouch bishop stubbs lock heerey mcveigh beelitz rudd morton burford stephenson berry eglinton humphreys donaldson mason harrington petersen kluttz paull maddern browne chappel cameron burgess gazzola dolan bassham weetra julius couzens whaites rollins tremain vincent ashby'.split(
    ' ',
  )
const streets =
  'mcdougall|stanley|rosetta|pinkerton|somerset|heales|dumbrell|bertel|kirkpatrick|light|hurd|fullagar|ebden|buntine|lyell|chauvel|jackie howe|macrossan|britten-jones|tauss|knox|proctor|mugga|elimatta|barada|burkitt|horsley|charlton|florey|mary gillespie|sinclair|ross smith|clive steele|partridge|raymond|blaxland'.split(
    '|',
  )
const endings = 'street place crescent circuit drive close avenue court way'.split(' ')
const properties =
  'rosebank|the meadows|emu heights|glenview|wattle park|villa 3|unit 12|flat 4|kangaroo flat|brentwood vlge|retirement village|mountview|pine lodge|warra creek|sunnyside|talboyne'.split(
    '|',
  )
const suburbs =
  'north ryde|toowoomba|st kilda|kew|mount isa|bronte|port macquarie|hornsby|geelong|mildura|casino|ballarat|ocean shores|yagoona|dandenong|glenroy|kirwan|ipswich|como|rockhampton|wagga wagga|broken hill|traralgon|epping|mandurah|salisbury|alfredton|noble park|belmont|torquay'.split(
    '|',
  )
const states = ['nsw', 'vic', 'qld', 'sa', 'wa', 'tas', 'act'] as const
/** Names of rarer people, and of rarer streets, are put together from these. */
const beginnings = 'bar cal dun el fen gar hal kil lan mac nor pen quin ros stan tur wal wen yar'.split(' ')
const ends = 'ley son ton wick more den field ford bury worth ling man nell sey'.split(' ')

export type FebrlOptions = {
  readonly originals: number
  readonly duplicates: number
  readonly seed: number
  /** At most so many duplicates of one record, and so many faults in each. */
  readonly mostEach?: number
  readonly mostFaults?: number
}

/**
 * A file as the generator of Febrl writes them: originals and duplicates with faults of the keyboard, the ear and of people, fields swapped or
 * missing, blanks after commas. Names are Australian or invented; nobody is meant.
 */
export function febrlFile({ originals, duplicates, seed, mostEach = 1, mostFaults = 3 }: FebrlOptions): string[] {
  const rng = createRandom(seed)
  const rows: Row[] = []
  for (let n = 0; n < originals; n++) rows.push(original(rng, n, originals))
  const counts = new Map<number, number>()
  for (let made = 0; made < duplicates;) {
    const of = rng.below(originals)
    const nth = counts.get(of) ?? 0
    if (nth >= mostEach) continue
    counts.set(of, nth + 1)
    rows.push({ ...damaged(rng, rows[of] as Row, 1 + rng.below(mostFaults)), rec_id: `rec-${of}-dup-${nth}` })
    made += 1
  }
  for (let at = rows.length - 1; at > 0; at--) {
    const other = rng.below(at + 1)
    ;[rows[at], rows[other]] = [rows[other] as Row, rows[at] as Row]
  }
  return [columns.join(', '), ...rows.map((row) => columns.map((column) => row[column]).join(', '))]
}

/** The commonest first, the others ever more rarely. */
function often(rng: Random, items: readonly string[]): string {
  return items[Math.floor(rng.float() ** 2 * items.length)] as string
}

function rare(rng: Random): string {
  return often(rng, beginnings) + (ends[rng.below(ends.length)] as string)
}

function original(rng: Random, n: number, originals: number): Row {
  const suburb = Math.floor(rng.float() ** 1.5 * Math.max(30, originals / 8))
  const named = suburbs[suburb] ?? `${rare(createRandom(suburb))} ${suburbs[suburb % 30]}`
  const maybe = (share: number, text: string): string => (rng.float() < share ? text : '')
  return {
    rec_id: `rec-${n}-org`,
    given_name: maybe(0.98, rng.float() < 0.75 ? often(rng, given) : rare(rng)),
    surname: maybe(
      0.99,
      rng.float() < 0.45 ? often(rng, family) : rare(rng) + (ends[rng.below(ends.length)] as string),
    ),
    street_number: maybe(0.96, String(1 + Math.floor(rng.float() ** 2 * 250))),
    address_1: maybe(
      0.98,
      `${rng.float() < 0.5 ? often(rng, streets) : rare(rng)} ${endings[rng.below(endings.length)]}`,
    ),
    address_2: maybe(0.85, rng.float() < 0.4 ? often(rng, properties) : `${rare(rng)} ${rare(rng)}`),
    suburb: maybe(0.99, named),
    postcode: String(2000 + ((suburb * 137) % 5000)),
    state: maybe(0.97, states[suburb % states.length] as string),
    date_of_birth: maybe(0.97, String(19000101 + rng.below(99) * 10_000 + rng.below(12) * 100 + rng.below(28))),
    soc_sec_id: String(1_000_000 + rng.below(8_999_999)),
  }
}

const damagedFields = [
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'address_2',
  'suburb',
  'postcode',
  'date_of_birth',
] as const

/** A duplicate: most faults are of letters; some fields are swapped, missing, cut to a letter or put in two words. */
function damaged(rng: Random, row: Row, faults: number): Row {
  const copy = { ...row }
  for (let n = 0; n < faults; n++) {
    const field = damagedFields[rng.below(damagedFields.length)] as (typeof damagedFields)[number]
    const draw = rng.float()
    if (draw < 0.62) copy[field] = mistyped(rng, copy[field])
    else if (draw < 0.74) copy[field] = ''
    else if (draw < 0.8) [copy.given_name, copy.surname] = [copy.surname, copy.given_name]
    else if (draw < 0.86) [copy.address_1, copy.address_2] = [copy.address_2, copy.address_1]
    else if (draw < 0.92) copy[field] = heard(copy[field])
    else if (draw < 0.97) copy[field] = `${copy[field].slice(0, 3)} ${copy[field].slice(3)}`.trim()
    else copy.given_name = copy.given_name.slice(0, 3)
  }
  return copy
}

function heard(text: string): string {
  return text.replace('ph', 'f').replace('c', 'k').replace('ee', 'ea').replace('y', 'ie').replace('tt', 't')
}

function mistyped(rng: Random, text: string): string {
  if (text.length < 2) return text
  const at = rng.below(text.length - 1)
  const letter = /^\d+$/.test(text) ? String(rng.below(10)) : String.fromCharCode(97 + rng.below(26))
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  const draw = rng.float()
  if (draw < 0.3) return before + letter + after
  if (draw < 0.5) return before + letter + text.slice(at)
  if (draw < 0.75) return before + after
  return before + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}
