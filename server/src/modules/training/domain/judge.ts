import type { CourseContent, PutQuestion, TrainingAnswers, TrainingQuestion } from '@ecluse/contracts/training.ts'
import { createSeededRng } from '../../../kernel/rng.ts'

/** Questions and their choices as they are put under a seed: the same seed puts them alike, for whoever reads again. */
export function shuffled(questions: readonly TrainingQuestion[], seed: number): TrainingQuestion[] {
  const rng = createSeededRng(seed)
  const mix = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: rng.uint32() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item)
  return mix(questions).map((question) => ({ ...question, choices: mix(question.choices) }))
}

/** Whether exactly the right choices of a question were chosen, whatever their order. */
function isRight({ choices }: TrainingQuestion, chosen: ReadonlySet<string>): boolean {
  return choices.every(({ id, right }) => chosen.has(id) === right)
}

const chosenOf = (answers: TrainingAnswers, questionId: string): string[] =>
  answers.find((answer) => answer.questionId === questionId)?.choiceIds ?? []

/**
 * How many per cent were right, rounded down, and whether that passes; the comparison is of whole numbers, so that two of three is not
 * refused for 66.67.
 */
export function judge(
  { questions, passPercent }: Pick<CourseContent, 'questions' | 'passPercent'>,
  answers: TrainingAnswers,
): { score: number; passed: boolean } {
  const right = questions.filter((question) => isRight(question, new Set(chosenOf(answers, question.id)))).length
  return {
    score: Math.floor((100 * right) / questions.length),
    passed: 100 * right >= passPercent * questions.length,
  }
}

/** The first question whose answer is none of it: not asked, asked twice, not among its choices, or several where one is allowed. */
export function strangeAnswer(questions: readonly TrainingQuestion[], answers: TrainingAnswers): string | undefined {
  const seen = new Set<string>()
  return answers.find(({ questionId, choiceIds }) => {
    const question = questions.find(({ id }) => id === questionId)
    const again = seen.has(questionId)
    seen.add(questionId)
    const known = new Set(question?.choices.map(({ id }) => id))
    const repeated = new Set(choiceIds).size < choiceIds.length
    return !question || again || repeated || !choiceIds.every((id) => known.has(id)) || tooMany(question, choiceIds)
  })?.questionId
}

const tooMany = ({ several }: TrainingQuestion, choiceIds: readonly string[]) => !several && choiceIds.length > 1

/** Answers without regard to their order: the same ones handed in again are no other attempt. */
export function sameAnswers(one: TrainingAnswers, other: TrainingAnswers): boolean {
  const plain = (answers: TrainingAnswers) =>
    answers
      .filter(({ choiceIds }) => choiceIds.length > 0)
      .map(({ questionId, choiceIds }) => [questionId, ...choiceIds.toSorted()].join(' '))
      .toSorted()
      .join('\n')
  return plain(one) === plain(other)
}

/** Questions as they are put under a seed; what was right and why only once there are answers. */
export function putQuestions(
  questions: readonly TrainingQuestion[],
  seed: number,
  answers: TrainingAnswers | null,
): PutQuestion[] {
  return shuffled(questions, seed).map(({ id, text, several, choices, explanation, ...question }) => {
    const chosen = answers && chosenOf(answers, id)
    return {
      id,
      text,
      several,
      choices: choices.map((choice) => ({ id: choice.id, text: choice.text })),
      judged: chosen && {
        right: isRight({ id, text, several, choices, explanation, ...question }, new Set(chosen)),
        chosen,
        rightChoices: choices.flatMap((choice) => (choice.right ? [choice.id] : [])),
        explanation,
      },
    }
  })
}
