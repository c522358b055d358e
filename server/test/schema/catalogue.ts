import sql from 'sql-template-tag'
import { query, type Queryable } from '../../src/kernel/db.ts'

export type Column = { name: string; type: string; nullable: boolean; default: string | null; identity: boolean }
export type Key = { name: string; kind: 'primary key' | 'unique'; columns: string[] }
export type ForeignKey = { name: string; columns: string[]; table: string; toColumns: string[] }

/** One table as the database knows it; `name` is `schema.table`. */
export type Table = {
  name: string
  columns: Column[]
  keys: Key[]
  foreignKeys: ForeignKey[]
  triggers: string[]
  /** Definitions of checks and indexes, as the database prints them. */
  definitions: Record<string, string>
}

/** Tables that tools make and look after: the job queue's, and the list of applied migrations. */
const tables = sql`
  select c.oid, n.nspname || '.' || c.relname as name
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
    and n.nspname not like 'pg\\_%'
    and n.nspname || '.' || c.relname <> 'kernel.migration'
  order by 2`

const columns = sql`
  select a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
    pg_get_expr(d.adbin, d.adrelid) as default, a.attidentity <> '' as identity
  from pg_attribute a
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped
  order by a.attnum`

const keys = sql`
  select i.indrelid as oid, c.relname as name,
    case when i.indisprimary then 'primary key' else 'unique' end as kind,
    array(
      select coalesce(a.attname, '(expression)')
      from unnest(i.indkey::int2[]) with ordinality as k (number, place)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number > 0
      where k.place <= i.indnkeyatts
      order by k.place
    )::text[] as columns
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  where i.indisunique
  order by c.relname`

const foreignKeys = sql`
  select f.conrelid as oid, f.conname as name, n.nspname || '.' || c.relname as table,
    array(select a.attname from unnest(f.conkey) with ordinality as k (number, place)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number order by k.place)::text[] as columns,
    array(select a.attname from unnest(f.confkey) with ordinality as k (number, place)
      join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number order by k.place)::text[] as "toColumns"
  from pg_constraint f
  join pg_class c on c.oid = f.confrelid
  join pg_namespace n on n.oid = c.relnamespace
  where f.contype = 'f'
  order by f.conname`

const triggers = sql`select tgrelid as oid, tgname as name from pg_trigger where not tgisinternal order by tgname`

// PostgreSQL 18 lists "not null" among the constraints, 15 does not: the columns say it already.
const definitions = sql`
  select conrelid as oid, conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where contype in ('c', 'x', 'f', 'p', 'u') and conrelid <> 0
  union all
  select i.indrelid, c.relname, pg_get_indexdef(i.indexrelid)
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by 2`

type Of<Row> = Row & { oid: number }

/** Reads every table of the application from the database's own catalogue, in order of names. */
export async function readTables(db: Queryable): Promise<Table[]> {
  const found = await query<Of<{ name: string }>>(db, tables)
  const allColumns = await query<Of<Column>>(db, columns)
  const allKeys = await query<Of<Key>>(db, keys)
  const allForeignKeys = await query<Of<ForeignKey>>(db, foreignKeys)
  const allTriggers = await query<Of<{ name: string }>>(db, triggers)
  const allDefinitions = await query<Of<{ name: string; definition: string }>>(db, definitions)
  return found.map(({ oid, name }) => {
    const own = <Row>(rows: Of<Row>[]) => rows.filter((row) => row.oid === oid).map(({ oid: _, ...row }) => row as Row)
    return {
      name,
      columns: own(allColumns),
      keys: own(allKeys),
      foreignKeys: own(allForeignKeys),
      triggers: own(allTriggers).map((trigger) => trigger.name),
      definitions: Object.fromEntries(own(allDefinitions).map((one) => [one.name, one.definition])),
    }
  })
}
