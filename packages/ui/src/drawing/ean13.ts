/** Seven modules of each digit in the right half; the left half has them inverted, or mirrored where the first digit says so. */
const right = [
  '1110010',
  '1100110',
  '1101100',
  '1000010',
  '1011100',
  '1001110',
  '1010000',
  '1000100',
  '1001000',
  '1110100',
]
/** Which of the six left digits are mirrored, by the digit that is not drawn. */
const mirrored = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010']

const invert = (modules: string): string => modules.replace(/./g, (one) => (one === '1' ? '0' : '1'))

/**
 * The ninety-five modules of a GTIN-13 as a barcode (GS1 General Specifications, 5.2.1.2.1): 1 is dark.
 * @param number thirteen digits; the last is their check digit
 */
export function ean13Modules(number: string): string {
  if (!/^\d{13}$/.test(number)) throw new RangeError('a GTIN-13 has thirteen digits')
  const [first, ...digits] = number.split('').map(Number)
  const parity = mirrored[first ?? 0] ?? ''
  const left = digits.slice(0, 6).map((digit, at) => {
    const modules = right[digit] ?? ''
    return parity[at] === '1' ? modules.split('').reverse().join('') : invert(modules)
  })
  return `101${left.join('')}01010${digits
    .slice(6)
    .map((digit) => right[digit] ?? '')
    .join('')}101`
}

/** The same as a path of bars, one unit a module and one unit high, after the eleven light modules a scanner needs before it. */
export function ean13Path(number: string): { path: string; width: number } {
  const modules = ean13Modules(number)
  const bars = [...modules.matchAll(/1+/g)].map(
    ({ index, 0: bar }) => `M${index + 11} 0h${bar.length}v1h-${bar.length}z`,
  )
  return { path: bars.join(''), width: modules.length + 18 }
}
