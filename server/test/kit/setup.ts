import { beforeEach, inject, onTestFailed } from 'vitest'
import { threadsAreIn } from '../../src/kernel/start-thread.ts'

const threads = inject('threads')
if (threads !== undefined) threadsAreIn(threads)

// Once for each test that fails: what it takes to see the same failure again.
beforeEach(() => {
  onTestFailed(() => {
    const seed = inject('seed')
    process.stderr.write(`seed ${seed}: ECLUSE_SEED=${seed} runs the same again\n`)
  })
})
