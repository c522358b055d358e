/** An instance of the vehicle routing problem with time windows, as VRPLIB files write them. */
export interface Instance {
  name: string
  vehicles: number
  capacity: number
  service: number
  /** One for each node; the first is the depot. */
  nodes: { x: number; y: number; demand: number; earliest: number; latest: number; service: number }[]
}

/** Text that is not what it should be; the message says which part is missing. */
class FormatError extends Error {}

/**
 * Reads an instance: headings (`CAPACITY : 200`) and sections of numbers, one node a line, as VRPLIB and PyVRP's instances have them.
 * Understands NODE_COORD, DEMAND, TIME_WINDOW and SERVICE_TIME sections, or a SERVICE_TIME heading; the depot is the first node.
 */
export function readInstance(text: string): Instance {
  const headings = new Map<string, string>()
  const sections = new Map<string, number[][]>()
  let rows: number[][] | null = null
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    const heading = /^([A-Z_]+)\s*:\s*(.*)$/.exec(line)
    const section = /^([A-Z_]+)_SECTION$/.exec(line)
    if (line === '' || line === 'EOF') continue
    if (section?.[1] !== undefined) sections.set(section[1], (rows = []))
    else if (heading?.[1] !== undefined) headings.set(heading[1], heading[2] ?? '')
    else rows?.push(line.split(/\s+/).map(Number))
  }
  const coordinates = needed(sections, 'NODE_COORD')
  const demands = byNode(needed(sections, 'DEMAND'))
  const windows = byNode(needed(sections, 'TIME_WINDOW'))
  const services = byNode(sections.get('SERVICE_TIME') ?? [])
  const service = Number(headings.get('SERVICE_TIME') ?? 0)
  const nodes = coordinates.map(([id = 0, x = NaN, y = NaN], at) => {
    const [earliest = NaN, latest = NaN] = windows.get(id) ?? []
    const own = services.get(id)?.[0] ?? (at === 0 ? 0 : service)
    return { x, y, demand: demands.get(id)?.[0] ?? NaN, earliest, latest, service: own }
  })
  const capacity = Number(headings.get('CAPACITY'))
  const vehicles = Number(headings.get('VEHICLES') ?? nodes.length - 1)
  const numbers = [capacity, vehicles, service, ...nodes.flatMap((node) => Object.values(node))]
  if (nodes.length === 0 || !numbers.every(Number.isFinite)) throw new FormatError('a number is missing or is none')
  return { name: headings.get('NAME') ?? '', vehicles, capacity, service, nodes }
}

/** The routes of a solution file (`Route #1: 5 3 7`, customers from 1) and the cost it claims. */
export function readSolution(text: string): { routes: number[][]; cost: number | null } {
  const routes = [...text.matchAll(/^\s*Route\s*#?\d+\s*:(.*)$/gim)].map(([, list = '']) =>
    list.trim().split(/\s+/).filter(Boolean).map(Number),
  )
  const cost = /^\s*Cost\s*:?\s*([\d.]+)/im.exec(text)?.[1]
  return { routes, cost: cost === undefined ? null : Number(cost) }
}

function needed(sections: Map<string, number[][]>, name: string): number[][] {
  const rows = sections.get(name)
  if (rows === undefined) throw new FormatError(`${name}_SECTION is missing`)
  return rows
}

function byNode(rows: number[][]): Map<number, number[]> {
  return new Map(rows.map(([id = 0, ...values]) => [id, values]))
}
