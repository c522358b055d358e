import { z } from 'zod'

/** Work on one request, enqueued where it is confirmed. */
export const makeArchiveJob = {
  name: 'rights.make-archive',
  payload: z.object({ requestId: z.uuid() }),
  maxAttempts: 8,
}
export const erasePersonJob = {
  name: 'rights.erase-person',
  payload: z.object({ requestId: z.uuid() }),
  maxAttempts: 25,
}

/** Looking at everybody, each night and when the desk asks for it. */
export const retainJob = {
  name: 'rights.retain',
  payload: z.object({}),
}
