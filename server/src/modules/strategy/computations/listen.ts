import type { Worker } from 'node:worker_threads'

const progressEveryMs = 400

/**
 * Waits for the last word of a thread, and tells how far it is every so often; null where the answer to that was not to go on. Words that
 * are not the last carry `progress`.
 */
export function listen<LastWord extends object>(
  thread: Worker,
  tell: (progress: number) => Promise<boolean>,
): Promise<LastWord | null> {
  return new Promise((resolve, reject) => {
    let progress = 0
    let asking = false
    // At times even while a long part says nothing: the runner is alive, and may be told to stop.
    const timer = setInterval(() => {
      if (asking) return
      asking = true
      tell(progress)
        .then((goOn) => {
          asking = false
          if (!goOn) end(() => resolve(null))
        })
        .catch((error: unknown) => end(() => reject(error instanceof Error ? error : new Error(String(error)))))
    }, progressEveryMs)
    const end = (settle: () => void): void => {
      clearInterval(timer)
      settle()
    }
    thread.on('message', (word: LastWord | { progress: number }) => {
      if ('progress' in word) progress = word.progress
      else end(() => resolve(word))
    })
    thread.once('error', (error) => end(() => reject(error instanceof Error ? error : new Error(String(error)))))
    thread.once('exit', () => end(() => reject(new Error('the thread ended early'))))
  })
}
