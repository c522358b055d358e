/** What an evaluation found: how good something is, in figures, beside a reference where there is one. */
export interface Evaluation {
  evaluation: string
  results: Record<string, number>
  /** How many things were evaluated. */
  n: number
  seconds: number
}
