import type { CustomAdapter } from 'better-auth/adapters'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { assert } from '../../../kernel/assert.ts'
import { execute, query, type Queryable } from '../../../kernel/db.ts'

/** The tables better-auth may reach, with their columns: names in its statements come from here and nowhere else. */
const columnsOf: Readonly<Record<string, readonly string[]>> = {
  'access.account': ['id', 'email', 'name', 'email_verified', 'image', 'locale', 'created_at', 'updated_at'],
  'access.credential': [
    'id',
    'account_id',
    'provider',
    'provider_account_id',
    'password_hash',
    'created_at',
    'updated_at',
  ],
  'access.session': ['id', 'token', 'account_id', 'expires_at', 'created_at', 'updated_at'],
}

/** What better-auth offers to store and we do not keep: nothing here needs to know where a person signed in from. */
const notKept: ReadonlySet<string> = new Set(['ip_address', 'user_agent'])

type Where = Parameters<CustomAdapter['findOne']>[0]['where'][number]

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** How better-auth reads and writes its three tables, on the pool or inside a transaction. */
export function authQueries(db: Queryable): CustomAdapter {
  return {
    async create({ model, data }) {
      const given = Object.entries(data).filter(([name]) => !notKept.has(name))
      const names = given.map(([name]) => column(model, name))
      const values = given.map(([, value]) => sql`${value as never}`)
      const rows = await query(
        db,
        sql`insert into ${table(model)} (${join(names)}) values (${join(values)}) returning *`,
      )
      return rows[0] as never
    },
    async findOne({ model, where }) {
      const rows = await query(db, sql`select * from ${table(model)} ${condition(model, where)} limit 1`)
      return (rows[0] ?? null) as never
    },
    async findMany({ model, where, limit, offset, sortBy }) {
      const order = sortBy
        ? sql`order by ${column(model, sortBy.field)} ${raw(sortBy.direction === 'desc' ? 'desc' : 'asc')}`
        : empty
      return (await query(
        db,
        sql`select * from ${table(model)} ${condition(model, where ?? [])} ${order} limit ${limit} offset ${offset ?? 0}`,
      )) as never
    },
    async count({ model, where }) {
      const rows = await query<{ n: number }>(
        db,
        sql`select count(*)::int as n from ${table(model)} ${condition(model, where ?? [])}`,
      )
      return rows[0]?.n ?? 0
    },
    async update({ model, where, update }) {
      const rows = await query(
        db,
        sql`update ${table(model)} set ${changes(model, update as object)} ${guarded(model, where)} returning *`,
      )
      return (rows[0] ?? null) as never
    },
    updateMany: ({ model, where, update }) =>
      execute(db, sql`update ${table(model)} set ${changes(model, update)} ${guarded(model, where)}`),
    async delete({ model, where }) {
      await execute(db, sql`delete from ${table(model)} ${guarded(model, where)}`)
    },
    deleteMany: ({ model, where }) => execute(db, sql`delete from ${table(model)} ${guarded(model, where)}`),
  }
}

function table(model: string): Sql {
  assert(columnsOf[model] !== undefined, `better-auth may not reach ${model}`)
  return raw(model)
}

function column(model: string, name: string): Sql {
  assert(columnsOf[model]?.includes(name) === true, `better-auth may not reach ${model}.${name}`)
  return raw(name)
}

function changes(model: string, update: object): Sql {
  const given = Object.entries(update).filter(([name]) => !notKept.has(name))
  return join(given.map(([name, value]) => sql`${column(model, name)} = ${value as never}`))
}

/** A write always says which rows: an empty condition would take them all. */
function guarded(model: string, where: readonly Where[]): Sql {
  assert(where.length > 0, 'a write names its rows')
  return condition(model, where)
}

function condition(model: string, where: readonly Where[]): Sql {
  if (where.length === 0) return empty
  const parts = where.map(({ field, operator, value, connector, mode }) => {
    assert(connector === 'AND' && mode !== 'insensitive', 'only plain conditions are joined')
    const name = column(model, field)
    if (operator === 'in') return sql`${name} = any(${value})`
    const comparison = comparisons[operator]
    assert(comparison !== undefined, `${operator} is not known here`)
    if (value === null) return sql`${name} ${raw(operator === 'eq' ? 'is null' : 'is not null')}`
    return sql`${name} ${raw(comparison)} ${value}`
  })
  return sql`where ${join(parts, ' and ')}`
}
