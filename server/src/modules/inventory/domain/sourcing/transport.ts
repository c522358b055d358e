/**
 * The transportation problem, exactly: successive shortest paths in the residual graph (Ahuja, Magnanti, Orlin, Network
 * Flows, 1993, ch. 9.7), paths by Bellman and Ford as residual costs may be negative. Made for the few lines of one order
 * that ask for the same article.
 * @param demand units by line
 * @param supply units by place
 * @param costMinor minor units of one unit, by line and place
 * @returns units by line and place, or `null` when supply is short
 */
export function transport(
  demand: readonly number[],
  supply: readonly number[],
  costMinor: readonly (readonly number[])[],
): number[][] | null {
  const flow = demand.map(() => supply.map(() => 0))
  const asked = [...demand]
  const left = [...supply]
  while (asked.some((units) => units > 0)) {
    const path = shortestPath(asked, left, flow, costMinor)
    if (!path) return null
    augment(path, asked, left, flow)
  }
  return flow
}

/** Line, place, line, place… from a line that still asks to a place that still has. */
type Path = number[]

function shortestPath(
  asked: readonly number[],
  left: readonly number[],
  flow: readonly (readonly number[])[],
  costMinor: readonly (readonly number[])[],
): Path | null {
  const lineDistance = asked.map((units) => (units > 0 ? 0 : Infinity))
  const placeDistance = left.map(() => Infinity)
  const placeFrom = left.map(() => -1)
  const lineFrom = asked.map(() => -1)
  for (let changed = true; changed;) {
    changed = false
    for (let line = 0; line < asked.length; line++) {
      for (let place = 0; place < left.length; place++) {
        const cost = costMinor[line]?.[place] ?? Infinity
        const there = (lineDistance[line] ?? Infinity) + cost
        if (there < (placeDistance[place] ?? Infinity)) {
          placeDistance[place] = there
          placeFrom[place] = line
          changed = true
        }
        const back = (placeDistance[place] ?? Infinity) - cost
        if ((flow[line]?.[place] ?? 0) > 0 && back < (lineDistance[line] ?? Infinity)) {
          lineDistance[line] = back
          lineFrom[line] = place
          changed = true
        }
      }
    }
  }
  let end = -1
  for (let place = 0; place < left.length; place++)
    if ((left[place] ?? 0) > 0 && (placeDistance[place] ?? Infinity) < (placeDistance[end] ?? Infinity)) end = place
  if (end < 0) return null
  const path: Path = []
  for (let place = end; place >= 0;) {
    const line = placeFrom[place] ?? -1
    path.unshift(line, place)
    place = lineFrom[line] ?? -1
  }
  return path
}

function augment(path: Path, asked: number[], left: number[], flow: number[][]): void {
  const first = path[0] ?? 0
  const end = path[path.length - 1] ?? 0
  let units = Math.min(asked[first] ?? 0, left[end] ?? 0)
  for (let i = 2; i < path.length; i += 2) units = Math.min(units, flow[path[i] ?? 0]?.[path[i - 1] ?? 0] ?? 0)
  for (let i = 0; i < path.length; i += 2) {
    const row = flow[path[i] ?? 0]
    const to = path[i + 1] ?? 0
    if (!row) continue
    row[to] = (row[to] ?? 0) + units
    const from = path[i - 1]
    if (from !== undefined) row[from] = (row[from] ?? 0) - units
  }
  asked[first] = (asked[first] ?? 0) - units
  left[end] = (left[end] ?? 0) - units
}
