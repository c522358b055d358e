import type { Resource } from '@ecluse/contracts/appointments.ts'

/**
 * Who can serve an appointment together: each resource alone, or, where a service needs a person and a place, each adviser with each place.
 */
export function groupsOf<R extends Pick<Resource, 'kind'>>(
  { together }: { readonly together: boolean },
  resources: readonly R[],
): (readonly [R] | readonly [R, R])[] {
  if (!together) return resources.map((resource) => [resource] as const)
  const people = resources.filter(isPerson)
  const places = resources.filter((resource) => !isPerson(resource))
  return people.flatMap((person) => places.map((place) => [person, place] as const))
}

/** Whether a resource is somebody, rather than somewhere. */
export function isPerson({ kind }: Pick<Resource, 'kind'>): boolean {
  return kind === 'adviser'
}
