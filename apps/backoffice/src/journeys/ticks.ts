const wished = 6

/** Round numbers over an axis, zero among them, of one, two or five times a power of ten apart: about half a dozen. */
export function ticksOver(values: readonly number[]): number[] {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
  const rough = (most - least) / wished || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  // Counted in steps: adding up tenths would not meet zero.
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}
