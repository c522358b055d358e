import { beforeEach, inject, onTestFailed } from 'vitest'

// Once for each test that fails: what it takes to see the same failure again.
beforeEach(() => {
  onTestFailed(() => {
    const seed = inject('seed')
    process.stderr.write(`seed ${seed}: ECLUSE_SEED=${seed} runs the same again\n`)
  })
})
