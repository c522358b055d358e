import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll } from 'vitest'
import type { PublicEvent } from '@ecluse/contracts/webhooks.ts'

export type Received = { headers: IncomingHttpHeaders; body: string; event: PublicEvent; path: string }
type Reply = { status: number; headers?: Record<string, string>; body?: string; afterMs?: number } | 'hang' | 'cut'

/** A real receiver of webhooks on this machine: keeps what it got, and answers as it is told to. */
export async function openReceiver(): Promise<{
  url: string
  received: Received[]
  /** How many were under way at once, at most. */
  busiest(): number
  connections(): number
  replyWith(reply: (received: Received) => Reply): void
  /** Ids of the events it accepted, in the order it did. */
  accepted(): string[]
}> {
  const received: Received[] = []
  const accepted: string[] = []
  let reply: (received: Received) => Reply = () => ({ status: 204 })
  let underWay = 0
  let busiest = 0
  let connections = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    underWay += 1
    busiest = Math.max(busiest, underWay)
    response.on('close', () => (underWay -= 1))
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8')
      const one = { headers: request.headers, body, event: JSON.parse(body) as PublicEvent, path: request.url ?? '' }
      received.push(one)
      const answer = reply(one)
      if (answer === 'hang') return
      if (answer === 'cut') return void request.socket.destroy()
      const end = (): void => {
        if (answer.status >= 200 && answer.status < 300) accepted.push(one.event.id)
        response.writeHead(answer.status, answer.headers).end(answer.body)
      }
      if (answer.afterMs) setTimeout(end, answer.afterMs)
      else end()
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    busiest: () => busiest,
    connections: () => connections,
    replyWith: (next) => (reply = next),
    accepted: () => accepted,
  }
}

/** Whether somebody else's implementation of Standard Webhooks takes a message for genuine, at its own time. */
export function isGenuine(secret: string, { headers, body }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>)
    return true
  } catch {
    return false
  }
}
