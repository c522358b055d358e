/** A party that was merged, and the one it was merged into. */
export type Branch = { readonly id: string; readonly into: string }

/**
 * Everybody who came to a party by it: those merged into it, those merged into these, and so on; not itself. Merges form a tree,
 * since only parties that are in no other can be merged, so taking one branch off leaves the others as they are.
 */
export function branchesUnder(id: string, branches: readonly Branch[]): string[] {
  const under: string[] = []
  for (let level = [id]; level.length > 0;) {
    level = branches.filter(({ into }) => level.includes(into)).map((branch) => branch.id)
    under.push(...level)
  }
  return under
}
