import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What customers were answered in a while. */
export type Answers = {
  /** How many were answered well (2xx). */
  readonly good: number
  /** Everything else: other answers, and connections that broke. */
  readonly bad: number
  readonly seconds: number
  /** Times from asking to the whole answer, in milliseconds, sorted. */
  readonly times: readonly number[]
}

/**
 * Customers who send one request after the other, each over a connection of his own, as fast as they are answered. They share
 * the machine with what is measured, as those of `pgbench` do with the floor, so they do the least that a client of HTTP can:
 * requests are made before the clock runs, and of an answer only its status and its length are read.
 *
 * @param bodies JSON texts, sent in turns
 */
export async function sendAll(
  url: string,
  path: string,
  bodies: readonly string[],
  connections: number,
  seconds: number,
): Promise<Answers> {
  const { hostname, port } = new URL(url)
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  )
  const times: number[] = []
  let good = 0
  let bad = 0
  let next = 0
  const from = performance.now()
  const until = from + seconds * 1000
  const serve = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    await new Promise<void>((done) => {
      let asked = 0
      const ask = (): void => {
        asked = performance.now()
        if (asked >= until) socket.end()
        else socket.write(requests[next++ % requests.length] ?? '')
      }
      readAnswers(socket, (status) => {
        times.push(performance.now() - asked)
        if (status >= 200 && status < 300) good += 1
        else bad += 1
        ask()
      })
      socket.on('error', () => (bad += 1))
      socket.on('close', () => done())
      ask()
    })
  }
  await Promise.all(Array.from({ length: connections }, serve))
  return { good, bad, seconds: (performance.now() - from) / 1000, times: times.sort((a, b) => a - b) }
}

/** Tells the status of each whole answer that comes. @throws through the socket, when an answer does not say its length */
function readAnswers(socket: Socket, answered: (status: number) => void): void {
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))
    if (!length) {
      socket.destroy(new Error('an answer without its length'))
      return
    }
    if (text.length < headEnd + 4 + Number(length[1])) return
    const status = Number(text.slice(9, 12))
    text = ''
    answered(status)
  })
}

/** The time within which such a share of the answers came, in milliseconds. */
export function percentile({ times }: Answers, share: number): number {
  return Math.round((times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? NaN) * 10) / 10
}
