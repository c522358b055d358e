import type { Db } from '../../server/src/kernel/db.ts'

const batchSize = 1_000

/** The least a step can cost: a row that is changed by its key and a row that is added, a thousand in a transaction. Steps a second. */
export async function stepFloor(db: Db, people: number): Promise<number> {
  await db.query(
    'create table public.floor_person (id int primary key, node int not null, next_at timestamptz not null)',
  )
  await db.query('create table public.floor_step (id int, visit int, at timestamptz not null, primary key (id, visit))')
  await db.query('insert into public.floor_person select n, 0, now() from generate_series(1, $1::int) n', [people])
  await db.query('analyze public.floor_person')
  const began = performance.now()
  let steps = 0
  for (let visit = 1; visit <= 5; visit++)
    for (let from = 1; from <= people; from += batchSize) {
      const ids = Array.from({ length: Math.min(batchSize, people - from + 1) }, (_, nth) => from + nth)
      const client = await db.connect()
      await client.query('begin')
      await client.query('select id, node from public.floor_person where id = any($1::int[])', [ids])
      await client.query('update public.floor_person set node = node + 1, next_at = now() where id = any($1::int[])', [
        ids,
      ])
      await client.query('insert into public.floor_step select unnest($1::int[]), $2, now()', [ids, visit])
      await client.query('commit')
      client.release()
      steps += ids.length
    }
  return (steps / (performance.now() - began)) * 1_000
}
