import { expect, test } from 'vitest'
import { journeyGraphSchema, type JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import { add, addAfter, change, connect, freshKey, freshNode, nodeTypes, remove, targetOf } from './graph-acts.ts'
import { arranged } from './layout.ts'

const empty: JourneyGraph = { nodes: [], edges: [] }
const begun = add(empty, freshNode('entry', 'entry'))
const short = addAfter(begun, 'entry', 'next', freshNode('exit', 'exit'))

test('each kind of step can be kept as it is when it is added', () => {
  const graph = nodeTypes.reduce((made, type) => add(made, freshNode(type, type)), empty)
  expect(journeyGraphSchema.parse(graph)).toEqual(graph)
})

test('a step put into a way out leads on to what came there', () => {
  const longer = addAfter(short, 'entry', 'next', freshNode('wait', 'wait'))
  expect(targetOf(longer, 'entry', 'next')).toBe('wait')
  expect(targetOf(longer, 'wait', 'next')).toBe('exit')
  const forked = addAfter(longer, 'wait', 'next', freshNode('branch', 'branch'))
  expect(targetOf(forked, 'branch', 'yes')).toBe('exit')
  expect(targetOf(forked, 'branch', 'no')).toBeUndefined()
})

test('a step taken out leaves those before and after it joined, and never a step joined to itself', () => {
  const longer = addAfter(short, 'entry', 'next', freshNode('branch', 'branch'))
  expect(remove(longer, 'branch')).toEqual(short)
  const loop = connect(connect(longer, 'branch', 'yes', 'entry'), 'branch', 'no', 'branch')
  expect(remove(loop, 'branch').edges).toEqual([])
  expect(remove(short, 'exit').edges).toEqual([])
})

test('a way out that a changed step has no more is gone, the others stay', () => {
  const test = freshNode('test', 'test')
  const graph = connect(addAfter(short, 'entry', 'next', test), 'test', 'b', 'exit')
  if (test.type !== 'test') throw new Error('not a test')
  const changedGraph = change(graph, { ...test, cells: [test.cells[0]!, { key: 'c', name: 'C', weight: 1 }] })
  expect(changedGraph.edges.map(({ from, port }) => `${from}.${port}`).toSorted()).toEqual(['entry.next', 'test.a'])
})

test('names are those that are free', () => {
  expect(freshKey(['wait-1', 'wait-2'], 'wait')).toBe('wait-3')
  expect(freshKey([], 'exit')).toBe('exit-1')
})

test('a graph is laid out in storeys, without overlap, ways back left aside', () => {
  const forked = addAfter(short, 'entry', 'next', freshNode('branch', 'branch'))
  const both = addAfter(forked, 'branch', 'no', freshNode('wait', 'wait'))
  const looped = add(connect(both, 'wait', 'next', 'branch'), freshNode('goal', 'goal'))
  const { nodes } = arranged(looped)
  const at = Object.fromEntries(nodes.map(({ id, x, y }) => [id, { x, y }]))
  expect(at['entry']!.y).toBe(0)
  expect(at['goal']!.y).toBe(0)
  expect(at['branch']!.y).toBeGreaterThan(at['entry']!.y)
  expect(at['wait']!.y).toBe(at['exit']!.y)
  expect(at['wait']!.y).toBeGreaterThan(at['branch']!.y)
  for (const a of nodes)
    for (const b of nodes) if (a.id < b.id && a.y === b.y) expect(Math.abs(a.x - b.x)).toBeGreaterThan(240)
  expect(arranged(empty)).toEqual(empty)
})
