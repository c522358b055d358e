/** How often something was sent and answered, and what the answers brought, in cents. */
export type Answers = { readonly sent: number; readonly answered: number; readonly valueMinor: number }

/** What is known before something was ever sent: how often its medium is answered, and what an answer is thought to bring. */
export type Prior = { readonly medium: Answers; readonly valueMinor: number }

/** Before anything was sent by a medium, two contacts of a hundred are thought to be answered, as surely as a hundred would say it. */
const firstAnswered = 2
const firstSent = 100
/** A medium's own past counts as much as fifty contacts of the very thing. */
const strength = 50
/** What somebody thought an answer brings counts as much as five answers. */
const valueStrength = 5

/**
 * What may be expected of a contact. That it is answered: the mean of a beta distribution whose prior is what its medium did (the
 * conjugate prior of a share). What an answer brings: the mean of a gamma rate with a gamma prior, which is a weighted mean of what
 * was thought and what was seen.
 *
 * Gelman, A. et al. (2013), Bayesian Data Analysis, third edition, 2.4 and 2.6; Fader, P. S. and Hardie, B. G. S. (2013), The
 * Gamma-Gamma model of monetary value, for the weighting of means.
 *
 * @returns probability from 0 to 1; value in cents
 */
export function expectedAnswer(seen: Answers, prior: Prior): { probability: number; answerMinor: number } {
  const usual = (firstAnswered + prior.medium.answered) / (firstSent + prior.medium.sent)
  return {
    probability: (strength * usual + seen.answered) / (strength + seen.sent),
    answerMinor: (valueStrength * prior.valueMinor + seen.valueMinor) / (valueStrength + seen.answered),
  }
}
