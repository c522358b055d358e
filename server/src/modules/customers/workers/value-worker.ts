import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { summaryUntil, type PurchaseDays } from '../knowledge/domain/purchase-days.ts'
import { fitValues, valueOf } from '../knowledge/domain/value-model.ts'

/** What the thread is told: customers a page at a time, as JSON; then to begin. */
export type ValueWork = { readonly page: string } | { readonly asOf: number }
/** What it answers, all as JSON so that nobody else need read it: what was fitted, each page of values, and that it is over. */
export type ValueAnswer = { readonly fit: string } | { readonly values: string } | { readonly over: true }

// The shop goes first.
if (process.platform === 'linux') setPriority(10)

const pages: PurchaseDays[][] = []
const answer = (message: ValueAnswer): void => parentPort?.postMessage(message)

parentPort?.on('message', (work: ValueWork) => {
  if ('page' in work) {
    pages.push(JSON.parse(work.page) as PurchaseDays[])
    return
  }
  const fit = fitValues(pages.flat(), work.asOf)
  answer({ fit: JSON.stringify(fit) })
  for (const page of pages) {
    const values = page.flatMap((one) => {
      const summary = summaryUntil(one, work.asOf)
      return summary ? [valueOf(fit, summary, work.asOf)] : []
    })
    answer({ values: JSON.stringify(values) })
  }
  answer({ over: true })
})
