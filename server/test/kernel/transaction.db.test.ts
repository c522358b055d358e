import { setImmediate as nextTurn } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { systemContext } from '../../src/kernel/context.ts'
import { execute, inTransaction, query, type Tx } from '../../src/kernel/db.ts'
import { publish } from '../../src/kernel/outbox.ts'
import { createTestDatabase } from '../kit/database.ts'
import { createTestServices } from '../kit/services.ts'

const { db } = await createTestDatabase()
await db.query('create table public.written (n int primary key)')
const write = (tx: Tx, n: number) => execute(tx, sql`insert into public.written values (${n})`)
const rows = () => query<{ n: number }>(db, sql`select n from public.written order by n`)

test('what a strand of the work would write after another has failed is not written', async () => {
  for (let pause = 0; pause < 40; pause++) {
    const started = inTransaction(db, async (tx) => {
      const slow = async (): Promise<void> => {
        await write(tx, 1)
        for (let turn = 0; turn < pause % 8; turn++) await nextTurn()
        for (let hop = 0; hop < pause / 4; hop++) await Promise.resolve()
        await write(tx, 2)
        await write(tx, 3)
      }
      await Promise.all([slow(), execute(tx, sql`select 1 / 0`)])
    })
    await expect(started).rejects.toThrow('division by zero')
  }
  for (let turn = 0; turn < 50; turn++) await nextTurn()
  expect(await rows()).toEqual([])
})

test('a transaction that is over takes no statement', async () => {
  let kept: Tx | undefined
  await inTransaction(db, async (tx) => {
    kept = tx
    await write(tx, 10)
  })
  await expect(write(kept as Tx, 11)).rejects.toThrow('the transaction is over')
  expect(await rows()).toEqual([{ n: 10 }])
})

test('two who tell of one thing at once are both heard, one after the other, whether the first was carried on yet or not', async () => {
  const ctx = systemContext(createTestServices(db), 'test')
  for (const carried of [false, true]) {
    const aggregateId = ctx.ids.next()
    const tell = (tx: Tx, type: string) => publish(tx, ctx, [{ type, version: 1, aggregateId, payload: {} }])
    // The second begins while the first has told and not ended, so that both take the same number.
    let second: Promise<void> | undefined
    await inTransaction(db, async (tx) => {
      await tell(tx, 'test.first')
      second = inTransaction(db, (other) => tell(other, 'test.second'))
      const blocked = sql`select count(*)::int as n from pg_locks where not granted and locktype = 'transactionid'`
      await expect.poll(async () => (await query<{ n: number }>(db, blocked))[0]?.n).toBe(1)
      if (carried) await execute(tx, sql`delete from kernel.event_waiting where aggregate_id = ${aggregateId}`)
    })
    await second
    const heard = sql`select sequence, type from kernel.outbox where aggregate_id = ${aggregateId} order by sequence`
    expect(await query(db, heard)).toEqual([
      { sequence: 1, type: 'test.first' },
      { sequence: 2, type: 'test.second' },
    ])
  }
})
