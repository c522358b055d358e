import { startThread } from '../../kernel/start-thread.ts'
import type { Answer, Question } from './workers/answer-worker.ts'

/** Asks the engine in a thread of its own, which lets the shop go first; answers come in the order of the questions. */
export async function askEngine(questions: readonly Question[]): Promise<Answer[]> {
  if (questions.length === 0) return []
  const thread = startThread(new URL('./workers/answer-worker.ts', import.meta.url), questions)
  try {
    return await new Promise((resolve, reject) => {
      const answers: Answer[] = []
      thread.on('message', (answer: Answer) => {
        answers.push(answer)
        if (answers.length === questions.length) resolve(answers)
      })
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error('the thread that answers ended early')))
    })
  } finally {
    await thread.terminate()
  }
}
