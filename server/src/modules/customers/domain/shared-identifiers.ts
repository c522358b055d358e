/**
 * More people than this with one e-mail or one telephone, and it is a family's, a shop's or a made-up one: it says nothing of who
 * somebody is. A device is one person's.
 */
export const mostPeople = { email: 4, phone: 4, device: 1 } as const

/**
 * How many people the names given with one e-mail stand for: those that begin alike are one, as short forms, slips at the end
 * and married names do.
 * @param names folded, as they were given
 */
export function peopleOf(names: readonly string[]): number {
  return new Set(names.map((name) => name.slice(0, 3))).size
}
