/** What an answer by text message asks of whoever wrote first. */
export type SmsWish = 'stop' | 'start' | 'neither'

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''))

/** Words that refuse, folded; the last line only by themselves, being everyday words too. */
const stopWords =
  setOf(`stop stopp stope st0p stopper stoppez stopsms stoppub stopall arret arreter arretez arrete desabo
  desabonner desabonnez desabonnement desinscrire desinscription desinscrivez resilier resiliation unsubscribe unsub optout`)
const bareStopWords = setOf('cancel end quit revoke')
const startWords = setOf('start unstop restart reprendre reabo reabonner reabonnement resubscribe subscribe optin')

/** Politeness says nothing. */
const courtesy =
  setOf(`svp stp please pls merci thanks thank you bonjour bonsoir salut hello hi cordialement s il te vous plait
  sil d avance maintenant now immediatement immediately`)
/** What may come before the word, and after it, without making it another sentence. */
const leading = setOf('je j i veux voudrais souhaite want to me m vous veuillez pouvez vous nous all')
const trailing =
  setOf(`a au aux de des du la le les l en vos votre tous toutes tout ces cette me m moi mon mes the all your my
  to from of this these it sms mms message messages texto textos text texts texting pub pubs publicite publicites promo promos
  promotion promotions info infos offre offres liste list abonnement envoi envois envoyer sending spam marketing notification
  notifications commercial commerciaux contacter harceler ca cela it messaging contacting spamming bothering`)
/** Refusals that have no such word. */
const refusals =
  /^(?:(?:je )?(?:ne )?(?:veux|souhaite|voudrais) plus (?:recevoir|avoir)|ne (?:m|me|nous) (?:envoyez|envoie|ecrivez|contactez|contacter|derangez) plus|plus de|no more|(?:take|remove) me off|(?:retirez|enlevez) moi)(?: |$)/

/**
 * Whether an answer to a text message refuses further ones, or wants them again. Refusing is to be simple and free (Code des
 * postes et des communications électroniques, L34-5); STOP and its kin are taken large or small, with or without accents, dots,
 * thanks and the number, above or beside what is quoted. A sentence in which the word only occurs is neither: a person reads it.
 */
export function wishOf(answer: string): SmsWish {
  const own = ownWords(answer)
  const wish = wishIn(own)
  if (wish !== 'neither') return wish
  // Their name below it, or why: the refusal is on a line of its own.
  return wishIn(own.split('\n', 1)[0] ?? '') === 'stop' ? 'stop' : 'neither'
}

function wishIn(text: string): SmsWish {
  const words = wordsOf(text).filter((word) => !courtesy.has(word))
  const folded = words.join(' ')
  const refusal = refusals.exec(folded)
  if (refusal) return isOnly(wordsOf(folded.slice(refusal[0].length)), trailing) ? 'stop' : 'neither'
  const first = words.findIndex((word) => !leading.has(word))
  const [word = '', ...others] = words.slice(Math.max(0, first))
  const stop = stopWords.has(word)
  if (stop && isOnly(others, trailing, stopWords)) return 'stop'
  if (bareStopWords.has(word) && first === 0 && isOnly(others, bareStopWords)) return 'stop'
  return startWords.has(word) && isOnly(others, trailing, startWords) ? 'start' : 'neither'
}

function isOnly(words: readonly string[], ...sets: readonly ReadonlySet<string>[]): boolean {
  return words.every((word) => /^\d{5,}$|^3\d(?:\d|x){3}$/.test(word) || sets.some((set) => set.has(word)))
}

/** What somebody wrote above what they answer to; when all of it is quoted, what they quoted alone. */
function ownWords(answer: string): string {
  const cut =
    answer.split(
      /^(?:-{2,}.*|_{5,}|(?:Envoyé (?:de|depuis)|Sent from) .*|(?:Le|On) .{4,80}(?:écrit|wrote)\s*:.*)$/imu,
    )[0] ?? ''
  const own = cut.replace(/^\s*>.*$/gmu, '').trim()
  const unquoted = own.replace(/«[^»]*»|“[^”]*”|"[^"]*"/gu, ' ').trim()
  return unquoted === '' ? own : unquoted
}

/** Words without accents or signs, `S.T.O.P.` and `stop36111` put right. */
function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return folded
    .replace(/\b(?:[a-z][ .\-_]){3,}[a-z]\b/g, (spelt) => spelt.replace(/[^a-z]/g, ''))
    .replace(/\bopt[ -](in|out)\b/g, 'opt$1')
    .replace(/([a-z])(\d{5})\b/g, '$1 $2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
