import highsModule from 'highs'
import type { IntegerProgramme, SolveProgramme } from '@ecluse/strategy-engine/numeric/integer-programme.ts'
import { assert } from '../../kernel/assert.ts'

/** What is imported is the loader itself; the package’s types, those of its CommonJS build, hold it for the module around it. */
const loadHighs = highsModule as unknown as typeof highsModule.default

/**
 * The solver of mixed-integer programmes: HiGHS (Q. Huangfu, J. Hall 2018), compiled to WebAssembly, exact to its tolerances and the same
 * on every machine. The returned function blocks its thread while it solves; programmes of hundreds of variables take milliseconds.
 */
export async function loadSolver(): Promise<SolveProgramme> {
  const highs = await loadHighs()
  return (programme) => {
    const { Status, Columns } = highs.solve(lpFormat(programme), { mip_rel_gap: 0 })
    if (Status === 'Infeasible') return null
    assert(Status === 'Optimal', `the solver ended as ${Status}`)
    return Float64Array.from(programme.variables, (_, at) => {
      const column = Columns[`x${at}`]
      assert(column !== undefined && 'Primal' in column, `the solver gave no value to x${at}`)
      return column.Primal
    })
  }
}

/** The programme as CPLEX's LP format says it; variables are x0, x1… Every variable is named, so that none is missing in the answer. */
function lpFormat({ variables, rows }: IntegerProgramme): string {
  const gains = variables.map(({ gain }, at) => term(gain, at)).join(' ')
  const constraints = rows.flatMap(({ terms, least, most }) => {
    const sum = sumOf(terms)
    if (least === most) return [`${sum} = ${least}`]
    return [...(least > -Infinity ? [`${sum} >= ${least}`] : []), ...(most < Infinity ? [`${sum} <= ${most}`] : [])]
  })
  const bounds = variables.map(({ most }, at) => `0 <= x${at} <= ${most}`)
  const whole = variables.flatMap(({ whole }, at) => (whole ? [`x${at}`] : []))
  return [
    'Maximize',
    gains,
    'Subject To',
    ...constraints,
    'Bounds',
    ...bounds,
    ...(whole.length > 0 ? ['General', whole.join(' ')] : []),
    'End',
  ].join('\n')
}

/** Terms of one variable are put together, the format knowing each once in a row; a row without terms still says what nought must be. */
function sumOf(terms: IntegerProgramme['rows'][number]['terms']): string {
  const times = new Map<number, number>()
  for (const { at, times: one } of terms) times.set(at, (times.get(at) ?? 0) + one)
  return times.size === 0 ? term(0, 0) : [...times].map(([at, sum]) => term(sum, at)).join(' ')
}

const term = (times: number, at: number): string => `${times < 0 ? '-' : '+'} ${Math.abs(times)} x${at}`
