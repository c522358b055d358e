import en from '../../messages/console/en.json' with { type: 'json' }
import fr from '../../messages/console/fr.json' with { type: 'json' }

/** The languages of what the programs print on a terminal. */
export type ConsoleLanguage = 'fr' | 'en'

/** A message printed on the terminal; `server/messages/console/*.json` hold the words. */
export type ConsoleKey = keyof typeof fr

const catalogues: Record<ConsoleLanguage, Record<ConsoleKey, string>> = { fr, en }

/**
 * A terminal message in the given language, its `{placeholders}` filled. These few lines are plain substitution and not ICU
 * so that the start scripts, which run before anything is installed, can print from the same catalogues.
 */
export function consoleText(
  language: ConsoleLanguage,
  key: ConsoleKey,
  values: Record<string, string | number> = {},
): string {
  return catalogues[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether a text is one of the terminal messages: the command line looks its help up by composed keys. */
export function isConsoleKey(key: string): key is ConsoleKey {
  return Object.hasOwn(fr, key)
}
