import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { RoutingCase, RoutingSettings } from './routing.ts'
import { readInstance, readSolution } from './vrplib.ts'

const bestKnownSchema = z.object({
  instances: z.record(
    z.string(),
    z.object({ sintef_distance: z.number(), sintef_vehicles: z.number().int() }).partial(),
  ),
})

/**
 * The instances in files and folders (their `.vrp` files, by name). The best known is the cost in the `.sol` file of the same name; for
 * the objective that counts vehicles first, `sintef_distance` and `sintef_vehicles` in a `bks.json` of the folder or of the one above.
 * Throws what reading throws; a file that is no instance says which part is missing.
 */
export function readRoutingCases(paths: readonly string[], objective: RoutingSettings['objective']): RoutingCase[] {
  const files = paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => name.endsWith('.vrp'))
          .sort()
          .map((name) => join(path, name))
      : [path],
  )
  return files.map((file) => {
    const name = basename(file).replace(/\.[^.]*$/, '')
    const instance = { ...readInstance(readFileSync(file, 'utf8')), name }
    return { instance, best: objective === 'distance' ? bestDistance(file, name) : bestWithVehicles(file, name) }
  })
}

function bestDistance(file: string, name: string): RoutingCase['best'] {
  const path = join(dirname(file), `${name}.sol`)
  if (!existsSync(path)) return null
  const { cost, routes } = readSolution(readFileSync(path, 'utf8'))
  return cost === null ? null : { cost, vehicles: routes.length }
}

function bestWithVehicles(file: string, name: string): RoutingCase['best'] {
  const folder = dirname(file)
  const path = [join(folder, 'bks.json'), join(folder, '..', 'bks.json')].find((one) => existsSync(one))
  if (path === undefined) return null
  const { instances } = bestKnownSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const { sintef_distance: cost, sintef_vehicles: vehicles = null } = instances[name] ?? {}
  return cost === undefined ? null : { cost, vehicles }
}
