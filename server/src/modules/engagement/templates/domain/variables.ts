/** A variable in a text: its name, and what stands there when it has no value. */
export type Variable = { readonly name: string; readonly fallback: string | null }

const pattern = /\{\{\s*([a-z][a-z0-9_]{0,39})\s*(?:\|([^{}]*))?\}\}/g

/** The variables of a text, in their order. */
export function variablesIn(text: string): Variable[] {
  return [...text.matchAll(pattern)].map(([, name = '', fallback]) => ({ name, fallback: fallback?.trim() ?? null }))
}

/** Whether a text has braces that are no variable: it would be sent with them. */
export function hasStrayBraces(text: string): boolean {
  return /\{\{|\}\}/.test(text.replace(pattern, ''))
}

/** A text with its variables filled in; an empty value leaves its place to the fallback. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(pattern, (_, name: string, fallback?: string) => values[name]?.trim() || (fallback?.trim() ?? ''))
}
