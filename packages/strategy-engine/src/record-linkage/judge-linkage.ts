/** How good groups are beside the truth, pair by pair. */
export type LinkageQuality = {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly truePairs: number
  readonly foundPairs: number
}

/** Compares groups with whom each record really is of. Counted by groups, so that no pair is written down. */
export function judgeLinkage(groups: readonly (readonly string[])[], personOf: (id: string) => string): LinkageQuality {
  const people = new Map<string, number>()
  let foundPairs = 0
  let right = 0
  for (const group of groups) {
    foundPairs += pairsOf(group.length)
    const within = new Map<string, number>()
    for (const id of group) {
      const person = personOf(id)
      within.set(person, (within.get(person) ?? 0) + 1)
      people.set(person, (people.get(person) ?? 0) + 1)
    }
    for (const count of within.values()) right += pairsOf(count)
  }
  const truePairs = [...people.values()].reduce((sum, count) => sum + pairsOf(count), 0)
  const precision = foundPairs === 0 ? 1 : right / foundPairs
  const recall = truePairs === 0 ? 1 : right / truePairs
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    truePairs,
    foundPairs,
  }
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2
}
