import pg from 'pg'
import type { Sql } from 'sql-template-tag'

/** Anything that runs a statement: the pool, or a transaction's connection. */
export type Queryable = { query(config: pg.QueryConfig): Promise<pg.QueryResult> }
export type Db = pg.Pool
declare const inside: unique symbol
/**
 * A transaction under way. Only `inTransaction` makes one, so what asks for it cannot run outside; once it is over it takes
 * no statement any more.
 */
export type Tx = Pick<pg.PoolClient, 'query' | 'connection'> & { readonly [inside]: true }

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, BigInt)
types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/**
 * Opens a pool. int8 arrives as bigint, dates as text, instants as Date. Statements of one connection that do not wait for
 * each other's answers travel together (libpq's pipeline mode); a failure fails all that follow it in its transaction.
 */
export function openDatabase(config: pg.PoolConfig): Db {
  const application_name = config.application_name ?? 'ecluse'
  const pipelined: pg.PoolConfig & { pipeline: true } = { ...config, types, application_name, pipeline: true }
  const pool = new pg.Pool(pipelined)
  // An idle connection cut by the server is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // A connection in use tells its loss twice: to the query under way, which fails, and by an event that must be heard too.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

const names = new Map<string, string>()
const mostNames = 1_000

/** Every statement whose text is known is prepared once per connection; texts made of many parts are let through unnamed. */
function prepared(statement: Sql): pg.QueryConfig {
  const text = statement.text
  let name = names.get(text)
  if (name === undefined && names.size < mostNames) {
    name = `s${names.size}`
    names.set(text, name)
  }
  return name === undefined ? { text, values: statement.values } : { name, text, values: statement.values }
}

/** Runs a statement and returns its rows. */
export async function query<Row extends object>(db: Queryable, statement: Sql): Promise<Row[]> {
  return (await send(db, prepared(statement))).rows as Row[]
}

/** Runs a statement put together from somebody's rule, which may never be asked again: it is planned for its own values. */
export async function queryOnce<Row extends object>(db: Queryable, { text, values }: Sql): Promise<Row[]> {
  return (await send(db, { text, values })).rows as Row[]
}

/** Runs a statement and says how many rows it touched. */
export async function execute(db: Queryable, statement: Sql): Promise<number> {
  return (await send(db, prepared(statement))).rowCount ?? 0
}

/** Statements that one turn of the event loop gives to one connection leave in one write: a system call wakes the server. */
function send(db: Queryable, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  if ('connection' in db) {
    const { stream } = (db as Tx).connection
    if (stream.writableCorked === 0) {
      stream.cork()
      process.nextTick(() => stream.uncork())
    }
  }
  return db.query(statement)
}

/**
 * Rows as JSON for `json_populate_recordset` and its like: amounts travel as text, so that none passes through a float, and what
 * is null is left out, for absent is null there and many columns mostly are.
 */
export function asJson(rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) => {
      const copy: Record<string, unknown> = {}
      // A replacer would be called for each value of each row, and costs more than all the rest.
      for (const [name, value] of Object.entries(row))
        if (value !== null) copy[name] = typeof value === 'bigint' ? String(value) : value
      return copy
    }),
  )
}

/** The one row, or undefined when there is none. */
export async function maybeOne<Row extends object>(db: Queryable, statement: Sql): Promise<Row | undefined> {
  const rows = await query<Row>(db, statement)
  if (rows.length > 1) throw new Error(`one row expected, got ${rows.length}`)
  return rows[0]
}

/** The one row that must be there. */
export async function one<Row extends object>(db: Queryable, statement: Sql): Promise<Row> {
  const row = await maybeOne<Row>(db, statement)
  if (row === undefined) throw new Error('one row expected, got none')
  return row
}

/**
 * Deadlock and serialisation failure: nothing is wrong, the transaction only has to be run again. So it is when two
 * transactions wrote an event of the same aggregate at once: the second takes the next sequence, hence events of an
 * aggregate are numbered in the order they were committed. Which of the two tables of events tells first is PostgreSQL's choice.
 */
function isPassing(error: unknown): boolean {
  const state = sqlState(error)
  const takenNumber = ['outbox_pkey', 'event_waiting_pkey'].includes(brokenConstraint(error) ?? '')
  return state === '40P01' || state === '40001' || (state === '23505' && takenNumber)
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Deadlocks and serialisation
 * failures are tried again, so `work` must change nothing outside the database.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>, attempts = 4): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await db.connect()
    const { tx, end } = openTransaction(client)
    let broken: Error | undefined
    try {
      // The work's first statements travel along: where a transaction cannot begin, its connection is lost to them too.
      const begun = send(tx, { text: 'begin' })
      const [result] = await Promise.all([work(tx), begun])
      end()
      await client.query('commit')
      return result
    } catch (error) {
      end()
      await client.query('rollback').catch((failure: Error) => (broken = failure))
      if (attempt >= attempts || !isPassing(error)) throw error
    } finally {
      client.release(broken)
    }
  }
}

/**
 * A transaction on a connection, until it ends. Work may have several strands: when one fails, another may be about to go on,
 * and what it would write after the rollback would be written for good.
 */
function openTransaction(client: pg.PoolClient): { tx: Tx; end(): void } {
  let over = false
  const query = (...statement: Parameters<pg.PoolClient['query']>): unknown =>
    over ? Promise.reject(new Error('the transaction is over')) : client.query(...statement)
  return {
    tx: { query, connection: client.connection } as unknown as Tx,
    end() {
      over = true
    },
  }
}

/** Whether an error says that the database went away, not that it refused something. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error)
  const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', '57P01', '57P02', '57P03', '08006', '08003']
  return (
    lost.includes(state) ||
    (error instanceof Error && /Connection terminated|connection ended|not queryable/i.test(error.message))
  )
}

/** The SQLSTATE of a database error, or an empty text. */
export function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** The name of the constraint a statement broke, or undefined. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}
