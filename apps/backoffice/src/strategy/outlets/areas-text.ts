import { outletLimits, type OutletQuestion } from '@ecluse/contracts/outlets.ts'

export type Area = OutletQuestion['areas'][number]
export type AreasRead = { areas: Area[] } | { problem: 'cells' | 'code' | 'spend' | 'many' | 'none'; line: number }

/** Areas as lines people can paste from a spreadsheet: postal code; place; what is bought there a year. */
export function textOfAreas(areas: readonly Area[]): string {
  return areas
    .map(({ country, postalCode, name, spend }) =>
      [country === 'FR' ? postalCode : `${country} ${postalCode}`, name.replaceAll(';', ','), spend].join(' ; '),
    )
    .join('\n')
}

/** Such lines read back, with semicolons or tabs between; the first that cannot be read is told. */
export function readAreas(text: string): AreasRead {
  const areas: Area[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const cells = line.split(/[;\t]/).map((cell) => cell.trim())
    const problem = (of: 'cells' | 'code' | 'spend' | 'many') => ({ problem: of, line: at + 1 })
    if (cells.length !== 3) return problem('cells')
    const [code = '', name = '', bought = ''] = cells
    const [, country = 'FR', postalCode = ''] = /^(?:([A-Z]{2})\s+)?(\S.{0,11})$/.exec(code) ?? []
    if (postalCode === '') return problem('code')
    const spend = Number(bought.replaceAll(/[\s€]/g, '').replace(',', '.'))
    if (bought === '' || !(spend >= 0 && spend <= 1e12)) return problem('spend')
    if (areas.length === outletLimits.areas) return problem('many')
    areas.push({ country, postalCode, name: name.slice(0, 120), spend })
  }
  return areas.length === 0 ? { problem: 'none', line: 1 } : { areas }
}
