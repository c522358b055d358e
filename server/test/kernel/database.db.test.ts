import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { provideDatabase } from '../../src/kernel/database.ts'
import { createTestDatabase } from '../kit/database.ts'

const quiet = () => undefined
const provide = (databaseUrl: string) =>
  provideDatabase({
    config: { databaseUrl, dataDir: tmpdir() },
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    purpose: 'a test',
    share: false,
  })

test('a PostgreSQL given by its address is used, and left running', async () => {
  const { db, connectionString } = await createTestDatabase({ template: 'template0' })
  const provided = await provide(connectionString)
  expect(provided).toMatchObject({ kind: 'external', connectionString, version: expect.stringMatching(/^18\./) })
  await provided.stop()
  expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

// No old PostgreSQL can be installed everywhere, so one is spoken for: its greeting, and its answer to the one question.
test('a PostgreSQL that is too old is refused in one line', async () => {
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts)
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const int32 = (value: number) => Buffer.from([value >> 24, value >> 16, value >> 8, value].map((byte) => byte & 255))
  const text = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)])
  const column = (name: string) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(25), int16(-1 & 65535), int32(-1), int16(0)])
  const ready = message('Z', Buffer.from('I'))
  const answer = Buffer.concat([
    message('T', int16(2), column('number'), column('text')),
    message('D', int16(2), text('140011'), text('14.11')),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ])
  const old = createServer((socket) => {
    socket.on('error', quiet)
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]))
      socket.once('data', () => socket.write(answer))
    })
  })
  await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve))
  const { port } = old.address() as AddressInfo
  await expect(provide(`postgresql://me:secret@127.0.0.1:${port}/shop`)).rejects.toMatchObject({
    key: 'start.database_too_old',
    values: { address: `127.0.0.1:${port}/shop`, found: '14.11', wanted: 15 },
  })
  old.close()
})
