import type { Queryable } from '../../kernel/db.ts'
import { nobody, type Person, type PersonalPart } from '../../kernel/personal.ts'

/** Shorter texts are anybody's: a word that names one person has some length. */
const leastWord = 5

/**
 * Finds all by which rows of a person are found: each module adds what it knows, with what those before it found.
 * @param start a party, an account or a mailbox, by which they came
 */
export async function findPerson(
  db: Queryable,
  parts: readonly PersonalPart[],
  start: Partial<Person>,
): Promise<Person> {
  let person: Person = { ...nobody, ...start }
  for (const part of parts) if (part.locate) person = joined(person, await part.locate(db, person))
  const words = [...person.words, ...person.names, ...person.emails].map((word) => word.trim().toLowerCase())
  return { ...person, words: [...new Set(words)].filter((word) => word.length >= leastWord) }
}

function joined(person: Person, more: Partial<Person>): Person {
  const names = Object.keys(nobody) as (keyof Person)[]
  return Object.fromEntries(
    names.map((name) => [name, [...new Set([...person[name], ...(more[name] ?? [])])]]),
  ) as unknown as Person
}
