/** Path data in as few characters as can be: relative steps, no separator that is not needed. */

const argumentCounts: Record<string, number> = { M: 2, L: 2, C: 6, Q: 4, A: 7, Z: 0 }

/** The same path told in relative steps. Data with relative commands in it already is left as it is. */
export function compactPath(d: string): string {
  if (/[a-y]/.test(d)) return d
  let [x, y, startX, startY] = [0, 0, 0, 0]
  let out = ''
  for (const [, command, text] of d.matchAll(/([MLCQAZz])([^MLCQAZz]*)/g)) {
    const letter = command!.toUpperCase()
    const numbers = (text!.match(/-?\d*\.?\d+/g) ?? []).map(Number)
    if (letter === 'Z') {
      out += 'z'
      ;[x, y] = [startX, startY]
      continue
    }
    const count = argumentCounts[letter]!
    for (let i = 0; i + count <= numbers.length; i += count) {
      const step = numbers.slice(i, i + count)
      const [endX, endY] = [step[count - 2]!, step[count - 1]!]
      const relative = step.map((value, j) => {
        if (letter === 'A' && j < 5) return value
        return value - ((count - j) % 2 === 0 ? x : y)
      })
      out += letter.toLowerCase() + joined(relative)
      ;[x, y] = [endX, endY]
      if (letter === 'M') [startX, startY] = [x, y]
    }
  }
  // The first step is taken from (0, 0), where relative and absolute are one.
  return out.replace(/^m/, 'M')
}

function joined(numbers: readonly number[]): string {
  let out = ''
  for (const value of numbers) {
    const rounded = Math.round(value * 10) / 10
    const text = String(rounded === 0 ? 0 : rounded).replace(/^(-?)0\./, '$1.')
    out += out === '' || text.startsWith('-') ? text : ` ${text}`
  }
  return out
}
