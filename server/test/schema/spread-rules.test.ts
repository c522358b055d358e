import { describe, expect, test } from 'vitest'
import type { Column, ForeignKey, Key, Table } from './catalogue.ts'
import { namingFailures, spreadFailures, type Spread } from './spread-rules.ts'

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'uuid',
  nullable: false,
  default: null,
  identity: false,
  ...more,
})
const primary = (...columns: string[]): Key => ({ name: 'pkey', kind: 'primary key', columns })
const foreign = (table: string, columns: string[], toColumns = columns): ForeignKey => ({
  name: 'fkey',
  columns,
  table,
  toColumns,
})
const table = (name: string, more: Partial<Table> = {}): Table => ({
  name,
  columns: [column('order_id'), column('id')],
  keys: [primary('order_id', 'id')],
  foreignKeys: [],
  triggers: [],
  definitions: {},
  ...more,
})

const byOrder: Spread = { kind: 'key', column: 'order_id', group: 'order' }
const spread: Record<string, Spread> = {
  'orders.line': byOrder,
  'payments.payment': byOrder,
  'promises.promise': { kind: 'key', column: 'pool_id', group: 'pool' },
  'catalog.variant': { kind: 'reference' },
  'access.user': { kind: 'local' },
}

/** The failures of a tree where the table of this name is as given, and all others are sound. */
function failuresOf(planted: Table) {
  const sound = Object.keys(spread).map((name) =>
    table(name, name === 'promises.promise' ? { columns: [column('pool_id')], keys: [primary('pool_id')] } : {}),
  )
  return spreadFailures([...sound.filter((one) => one.name !== planted.name), planted], spread)
}

describe('how tables spread', () => {
  test('sound tables pass, with keys to reference tables and within their group', () => {
    const foreignKeys = [
      foreign('catalog.variant', ['variant_id'], ['id']),
      foreign('orders.line', ['order_id', 'line_id'], ['order_id', 'id']),
    ]
    expect(failuresOf(table('payments.payment', { foreignKeys }))).toEqual([])
    expect(failuresOf(table('access.user', { keys: [primary('id')], triggers: ['touch'] }))).toEqual([])
  })

  test.each<[string, Partial<Table>, string]>([
    ['a primary key without the column', { keys: [primary('id')] }, 'primary key pkey does not contain order_id'],
    [
      'a unique index without the column',
      { keys: [primary('order_id'), { name: 'code', kind: 'unique', columns: ['code'] }] },
      'unique code does not contain order_id',
    ],
    ['no such column', { columns: [column('id')] }, 'spreads by order_id'],
    ['a column that may be null', { columns: [column('order_id', { nullable: true })] }, 'and not null'],
    ['a trigger', { triggers: ['touch'] }, 'trigger touch on a spread table'],
    [
      'a serial',
      { columns: [column('order_id'), column('n', { default: "nextval('s'::regclass)" })] },
      'n counts in one place',
    ],
    ['an identity', { columns: [column('order_id'), column('n', { identity: true })] }, 'n counts in one place'],
    [
      'a key to a local table',
      { foreignKeys: [foreign('access.user', ['user_id'], ['id'])] },
      'cannot refer to a local one',
    ],
    ['a key to another group', { foreignKeys: [foreign('promises.promise', ['pool_id'])] }, 'spreads by another key'],
    [
      'a key within the group that leaves the column out',
      { foreignKeys: [foreign('payments.payment', ['payment_id'], ['id'])] },
      'must contain order_id',
    ],
  ])('%s is refused', (_, planted, message) => {
    expect(failuresOf(table('orders.line', planted))).toEqual([expect.stringContaining(message)])
  })

  test('reference and local tables cannot refer to a spread one', () => {
    const foreignKeys = [foreign('orders.line', ['order_id'])]
    for (const name of ['catalog.variant', 'access.user']) {
      expect(failuresOf(table(name, { foreignKeys }))).toEqual([expect.stringContaining('spreads by another key')])
    }
  })

  test('a table nobody declared, and a declaration without a table, are refused', () => {
    expect(failuresOf(table('orders.cart'))).toEqual([expect.stringContaining('does not say how it spreads')])
    expect(spreadFailures([], { 'orders.gone': byOrder })).toEqual([expect.stringContaining('orders.gone is declared')])
  })
})

describe('names and types', () => {
  const named = (...columns: Column[]) => namingFailures([table('orders.line', { columns })])

  test('sound ones pass', () => {
    const columns = [column('total_minor', { type: 'bigint' }), column('paid_at', { type: 'timestamp with time zone' })]
    expect(named(...columns)).toEqual([])
    expect(namingFailures([table('orders.address')])).toEqual([])
  })

  test.each<[Column, string]>([
    [column('total_minor', { type: 'integer' }), 'money is bigint'],
    [column('price', { type: 'double precision' }), 'money is bigint'],
    [column('paid_at', { type: 'date' }), 'a time is timestamptz'],
    [column('due', { type: 'timestamp without time zone' }), 'use timestamptz'],
    [column('orderId'), 'snake_case'],
  ])('%j is refused', (planted, message) => {
    expect(named(planted)).toEqual([expect.stringContaining(message)])
  })

  test('a table named in the plural, or without a primary key, is refused', () => {
    expect(namingFailures([table('orders.lines')])).toEqual([expect.stringContaining('after one of its rows')])
    expect(namingFailures([table('orders.line', { keys: [] })])).toEqual([expect.stringContaining('no primary key')])
  })
})
