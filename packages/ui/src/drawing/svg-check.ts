/** What tests ask of a drawing: that it is well-formed XML, and how far it reaches. Reads only what our drawings write. */

const tagPattern = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/g

/** What is wrong with the XML; nothing as a rule. */
export function svgFaults(svg: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  let end = 0
  for (const match of svg.matchAll(tagPattern)) {
    const [whole, closing, name, , selfClosing] = match
    const between = svg.slice(end, match.index)
    if (/[<>]/.test(between)) faults.push(`stray mark in “${between.slice(0, 40)}”`)
    end = match.index + whole.length
    if (closing && open.pop() !== name) faults.push(`</${name}> closes nothing`)
    if (!closing && !selfClosing) open.push(name!)
  }
  if (end !== svg.length) faults.push('text after the end')
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`)
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(svg)) faults.push('a bare &')
  if (!svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')) faults.push('no viewBox')
  return faults
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

const identity: Matrix = [1, 0, 0, 1, 0, 0]

export interface Reach {
  left: number
  right: number
  top: number
  bottom: number
}

/** The box around every point and circle drawn (control points count as points; widths of lines do not). */
export function svgReach(svg: string): Reach {
  const reach: Reach = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  const stack: Matrix[] = [identity]
  for (const [, closing, name, attributes, selfClosing] of svg.matchAll(tagPattern)) {
    if (closing) {
      stack.pop()
      continue
    }
    const matrix = multiply(stack.at(-1)!, transformOf(attribute(attributes!, 'transform')))
    for (const [x, y] of pointsOf(name!, attributes!)) {
      const [a, b, c, d, e, f] = matrix
      const [px, py] = [a * x + c * y + e, b * x + d * y + f]
      reach.left = Math.min(reach.left, px)
      reach.right = Math.max(reach.right, px)
      reach.top = Math.min(reach.top, py)
      reach.bottom = Math.max(reach.bottom, py)
    }
    if (!selfClosing) stack.push(matrix)
  }
  return reach
}

function pointsOf(name: string, attributes: string): [number, number][] {
  const n = (key: string) => Number(attribute(attributes, key) ?? 0)
  if (name === 'path') return pathPoints(attribute(attributes, 'd') ?? '')
  const boxes: Record<string, () => [number, number, number, number]> = {
    rect: () => [n('x'), n('y'), n('x') + n('width'), n('y') + n('height')],
    circle: () => [n('cx') - n('r'), n('cy') - n('r'), n('cx') + n('r'), n('cy') + n('r')],
    ellipse: () => [n('cx') - n('rx'), n('cy') - n('ry'), n('cx') + n('rx'), n('cy') + n('ry')],
  }
  const box = boxes[name]?.()
  if (!box) return []
  const [left, top, right, bottom] = box
  return [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ]
}

const counts: Record<string, number> = { m: 2, l: 2, h: 1, v: 1, c: 6, q: 4, a: 7, z: 0 }

function pathPoints(d: string): [number, number][] {
  const points: [number, number][] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  for (const [, command, text] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const kind = command!.toLowerCase()
    const relative = command === kind
    const numbers = (text!.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number)
    const count = counts[kind]!
    if (kind === 'z') [x, y] = [startX, startY]
    for (let i = 0; count > 0 && i + count <= numbers.length; i += count) {
      const step = kind === 'a' ? numbers.slice(i + 5, i + 7) : numbers.slice(i, i + count)
      if (kind === 'h') step.push(relative ? 0 : y)
      if (kind === 'v') step.unshift(relative ? 0 : x)
      const [baseX, baseY] = relative ? [x, y] : [0, 0]
      for (let j = 0; j < step.length; j += 2) points.push([baseX + step[j]!, baseY + step[j + 1]!])
      ;[x, y] = points.at(-1)!
      if (kind === 'm') [startX, startY] = [x, y]
    }
  }
  return points
}

function transformOf(text: string | null): Matrix {
  let matrix = identity
  for (const [, name, inside] of (text ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const v = inside!.split(/[ ,]+/).map(Number)
    const turn = ((v[0] ?? 0) * Math.PI) / 180
    const made: Record<string, () => Matrix> = {
      matrix: () => v as unknown as Matrix,
      translate: () => [1, 0, 0, 1, v[0]!, v[1] ?? 0],
      scale: () => [v[0]!, 0, 0, v[1] ?? v[0]!, 0, 0],
      rotate: () => [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), 0, 0],
    }
    matrix = multiply(matrix, made[name!]!())
  }
  return matrix
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

function attribute(attributes: string, name: string): string | null {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? null
}
