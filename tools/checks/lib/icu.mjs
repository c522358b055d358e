import { parse, TYPE } from '@formatjs/icu-messageformat-parser'

/** Stands for a value that is put into a message. */
export const value = '\uFFFC'

/**
 * Reads one message: `{ elements }`, or `{ error }` with what the parser did not understand.
 * `plain` messages are for the terminal: `<` is a letter in them.
 */
export function readMessage(text, plain = false) {
  try {
    return { elements: parse(text, { requiresOtherClause: true, ignoreTag: plain }) }
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Names a message needs (`name`, `<tag>`) and, for each select, its branches. */
export function placeholders(elements, found = new Map()) {
  for (const element of elements) {
    if (element.type === TYPE.tag) {
      found.set(`<${element.value}>`, '')
      placeholders(element.children, found)
    } else if (element.type === TYPE.select || element.type === TYPE.plural) {
      const branches = Object.keys(element.options).sort()
      if (element.type === TYPE.select) found.set(element.value, branches.join('|'))
      else if (!found.has(element.value)) found.set(element.value, '')
      for (const branch of branches) placeholders(element.options[branch].value, found)
    } else if (element.type !== TYPE.literal && element.type !== TYPE.pound && !found.has(element.value)) {
      found.set(element.value, '')
    }
  }
  return found
}

/** The message as read by a person, with its `choice`-th branch taken everywhere (the last where there are fewer). */
function spoken(elements, choice) {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value
      if (element.type === TYPE.tag) return spoken(element.children, choice)
      if (element.type !== TYPE.select && element.type !== TYPE.plural) return value
      const branches = Object.values(element.options)
      return spoken(branches[Math.min(choice, branches.length - 1)].value, choice)
    })
    .join('')
}

const mostBranches = (elements) =>
  elements.reduce((most, element) => {
    if (element.type === TYPE.tag) return Math.max(most, mostBranches(element.children))
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return most
    const branches = Object.values(element.options)
    return Math.max(most, branches.length, ...branches.map((branch) => mostBranches(branch.value)))
  }, 1)

/** Enough readings of a message to have read every branch of it once. */
export function readings(elements) {
  return Array.from({ length: mostBranches(elements) }, (_, choice) => spoken(elements, choice))
}
