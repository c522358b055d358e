import type { CourseContent, TrainingQuestion } from '@ecluse/contracts/training.ts'
import { courseGaps } from '@ecluse/contracts/training.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, putQuestions, sameAnswers, shuffled, strangeAnswer } from './judge.ts'

const both = (text: string) => ({ fr: text, en: text })
const questionOf = (id: string, right: readonly string[], several = right.length > 1): TrainingQuestion => ({
  id,
  text: both(id),
  several,
  choices: ['a', 'b', 'c'].map((choice) => ({ id: choice, text: both(choice), right: right.includes(choice) })),
  explanation: both(`why ${id}`),
})
const questions = [questionOf('one', ['a']), questionOf('two', ['a', 'c']), questionOf('three', ['b'])]
const answer = (questionId: string, ...choiceIds: string[]) => ({ questionId, choiceIds })
const course: CourseContent = {
  title: both('T'),
  summary: both('S'),
  lessons: [{ id: 'l', title: both('L'), body: both('B') }],
  questions,
  passPercent: 66,
  validMonths: null,
}

test('exactly the right choices count; the share is of whole numbers', () => {
  const two = [answer('one', 'a'), answer('two', 'c', 'a'), answer('three', 'a')]
  expect(judge(course, two)).toEqual({ score: 66, passed: true })
  expect(judge({ ...course, passPercent: 67 }, two)).toEqual({ score: 66, passed: false })
  // Half of several is not right, nor is too much, nor is nothing.
  expect(judge(course, [answer('two', 'a')]).score).toBe(0)
  expect(judge(course, [answer('two', 'a', 'b', 'c')]).score).toBe(0)
  expect(judge(course, [])).toEqual({ score: 0, passed: false })
  expect(judge({ ...course, passPercent: 100 }, [...two.slice(0, 2), answer('three', 'b')])).toEqual({
    score: 100,
    passed: true,
  })
})

test('an answer that was not asked for is named', () => {
  expect(strangeAnswer(questions, [answer('one', 'a'), answer('two')])).toBeUndefined()
  for (const strange of [
    [answer('four', 'a')],
    [answer('one', 'd')],
    [answer('one', 'a', 'b')],
    [answer('one', 'a', 'a')],
  ])
    expect(strangeAnswer(questions, strange)).toBe(strange[0]?.questionId)
  expect(strangeAnswer(questions, [answer('one', 'a'), answer('one', 'b')])).toBe('one')
})

test('one seed puts questions in one order, with all of them; nothing tells what is right before it is handed in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const put = putQuestions(questions, seed, null)
      expect(put).toEqual(putQuestions(questions, seed, null))
      expect(put.map(({ id }) => id).toSorted()).toEqual(['one', 'three', 'two'])
      expect(put.every(({ choices }) => choices.length === 3)).toBe(true)
      expect(JSON.stringify(put)).not.toMatch(/"right|why/)
      expect(put.every(({ judged }) => judged === null)).toBe(true)
    }),
  )
  const orders = new Set(
    [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      shuffled(questions, seed)
        .map(({ id }) => id)
        .join(),
    ),
  )
  expect(orders.size).toBeGreaterThan(2)
  const [judged] = putQuestions([questionOf('two', ['a', 'c'])], 7, [answer('two', 'a')])
  expect(judged?.judged).toMatchObject({ right: false, chosen: ['a'], explanation: both('why two') })
  expect(judged?.judged?.rightChoices.toSorted()).toEqual(['a', 'c'])
})

test('answers are the same whatever their order', () => {
  const one = [answer('two', 'a', 'c'), answer('one', 'a')]
  expect(sameAnswers(one, [answer('one', 'a'), answer('two', 'c', 'a'), answer('three')])).toBe(true)
  expect(sameAnswers(one, [answer('one', 'b'), answer('two', 'c', 'a')])).toBe(false)
})

test('what a course lacks is said, of which question', () => {
  expect(courseGaps(course)).toEqual([])
  expect(
    courseGaps({ ...course, lessons: [], questions: [], summary: { fr: 'S', en: ' ' } }).map(({ kind }) => kind),
  ).toEqual(['words', 'no_lesson', 'no_question'])
  const broken = [
    questionOf('one', []),
    questionOf('two', ['a', 'b'], false),
    { ...questionOf('x', ['a']), choices: [] },
  ]
  expect(courseGaps({ ...course, questions: broken })).toEqual([
    { kind: 'right', question: 1 },
    { kind: 'one_right', question: 2 },
    { kind: 'choices', question: 3 },
    { kind: 'right', question: 3 },
  ])
})
