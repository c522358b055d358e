import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorCodes } from './lib/error-registry.mjs'
import { frenchFaults, mendFrench } from './lib/french.mjs'
import { placeholders, readings, readMessage } from './lib/icu.mjs'
import { messageUses } from './lib/message-uses.mjs'
import { isCode, isTest, readJson, readText, sourceFiles } from './lib/source-files.mjs'
import { syntaxTree } from './lib/syntax.mjs'

export const name = 'translations'

const languages = ['fr', 'en']
const longText = 25

/** The message catalogues: the `folder` whose code they serve (`server`, `apps/pos`…), and their messages by language. */
function catalogues(root) {
  const places = new Set(
    sourceFiles(root)
      .map((path) => /^(.*\/messages(?:\/[a-z-]+)?)\/(?:fr|en)\.json$/.exec(path)?.[1])
      .filter(Boolean),
  )
  return [...places].sort().map((place) => {
    const files = Object.fromEntries(languages.map((language) => [language, `${place}/${language}.json`]))
    const messages = Object.fromEntries(languages.map((language) => [language, readJson(root, files[language], {})]))
    return { folder: place.replace(/\/messages(\/.*)?$/, ''), files, messages }
  })
}

/** The line a key is on, for the report. */
function place(root, file, key) {
  const text = existsSync(join(root, file)) ? readText(root, file) : ''
  return `${file}:${text.slice(0, Math.max(0, text.indexOf(`${JSON.stringify(key)}:`))).split('\n').length}`
}

/** Keys that stand twice in a file: only the last of them is read, and the other text is lost without a word. */
function repeatedFailures(root, file) {
  if (!existsSync(join(root, file))) return []
  const seen = new Set()
  return readText(root, file)
    .split('\n')
    .flatMap((line, index) => {
      const key = /^\s*"((?:[^"\\]|\\.)+)":/.exec(line)?.[1]
      if (key === undefined || !seen.has(key)) return seen.add(key) && []
      return [`${file}:${index + 1} ${key}: stands twice in this file; only the last is read`]
    })
}

/** The words of a message, without values, names of settings, addresses and other tokens that are nobody's language. */
const lettersOf = (elements) =>
  readings(elements)[0]
    .replace(/\S*[_.=@/]\S*/g, '')
    .replace(/[^\p{L} ]/gu, '')
    .trim()

function comparedPair(key, at, french, english) {
  const failures = []
  const [needsFrench, needsEnglish] = [placeholders(french), placeholders(english)]
  for (const name of new Set([...needsFrench.keys(), ...needsEnglish.keys()])) {
    if (needsFrench.get(name) !== needsEnglish.get(name)) {
      failures.push(`${at.fr} ${key}: {${name}} is not the same in French and English`)
    }
  }
  const letters = lettersOf(french)
  if (letters.length > longText && letters === lettersOf(english)) {
    failures.push(`${at.fr} ${key}: the French text is the English one; translate it`)
  }
  return failures
}

function messageFailures(root, { files, messages }, key) {
  const at = Object.fromEntries(languages.map((language) => [language, place(root, files[language], key)]))
  const missing = languages.filter(
    (language) => typeof messages[language][key] !== 'string' || messages[language][key].trim() === '',
  )
  if (missing.length > 0) return missing.map((language) => `${files[language]}:1 ${key}: no text in this language`)
  const isConsole = files.fr.startsWith('tools/') || files.fr.includes('/console/')
  const read = Object.fromEntries(
    languages.map((language) => [language, readMessage(messages[language][key], isConsole)]),
  )
  const broken = languages.filter((language) => read[language].error !== undefined)
  if (broken.length > 0)
    return broken.map((language) => `${at[language]} ${key}: not an ICU message: ${read[language].error}`)
  const faults = new Set(readings(read.fr.elements).flatMap(frenchFaults))
  return [
    ...comparedPair(key, at, read.fr.elements, read.en.elements),
    ...[...faults].map((fault) => `${at.fr} ${key}: ${fault}`),
  ]
}

/** The catalogues a folder's code may draw on: its own, and the design system's in the apps. */
const drawsOn = (folder, all) =>
  all.filter((one) => one.folder === folder || (folder.startsWith('apps/') && one.folder === 'packages/ui'))

function usesOf(root, folder) {
  const inFolder = (path) => path.startsWith(`${folder}/`) && !path.startsWith('tools/checks/')
  const files = sourceFiles(root).filter((path) => inFolder(path) && isCode(path) && !isTest(path))
  return files.map((path) => ({ path, ...messageUses(syntaxTree(root, path)) }))
}

function askedFailures(uses, available) {
  const keys = new Set(available.flatMap((one) => Object.keys(one.messages.fr)))
  return uses.flatMap(({ path, asked }) =>
    asked
      .filter(({ key, pattern }) => (key === undefined ? ![...keys].some((one) => pattern.test(one)) : !keys.has(key)))
      .map(({ text, line }) => `${path}:${line} no message for ${text}: add it to messages/fr.json and en.json`),
  )
}

function unusedFailures(root, catalogue, uses, codes) {
  const isError = (key) => catalogue.folder === 'server' && codes.has(key.replace(/^error\./, ''))
  const isNamed = (key) => uses.some((use) => use.named.has(key) || use.patterns.some((pattern) => pattern.test(key)))
  // A pattern such as `error.${code}` would excuse any text of a code that is gone.
  const isUsed = (key) =>
    isError(key) || (/^error\.\w+\./.test(key) ? uses.some((use) => use.named.has(key)) : isNamed(key))
  return Object.keys(catalogue.messages.fr)
    .filter((key) => !isUsed(key))
    .map((key) => `${place(root, catalogue.files.fr, key)} ${key}: no code uses this text; delete it in both languages`)
}

/** Message catalogues: both languages complete and alike, every text used, every used text present, French well set. */
export async function run(root) {
  const all = catalogues(root)
  const codes = new Set(errorCodes(root).map((one) => one.code))
  const usesByFolder = new Map(all.map((one) => [one.folder, usesOf(root, one.folder)]))
  const failures = []
  let counted = 0
  for (const [folder, uses] of usesByFolder) failures.push(...askedFailures(uses, drawsOn(folder, all)))
  for (const catalogue of all) {
    const keys = new Set(languages.flatMap((language) => Object.keys(catalogue.messages[language])))
    counted += keys.size
    failures.push(...languages.flatMap((language) => repeatedFailures(root, catalogue.files[language])))
    for (const key of keys) failures.push(...messageFailures(root, catalogue, key))
    const users = [...usesByFolder.keys()].filter((folder) => drawsOn(folder, all).includes(catalogue))
    const uses = users.flatMap((folder) => usesByFolder.get(folder))
    failures.push(...unusedFailures(root, catalogue, uses, codes))
  }
  return { failures, counted }
}

/** Mends what of the French typography has one answer: `node tools/checks/translations.mjs --write`. */
function write(root) {
  for (const { files, messages } of catalogues(root)) {
    const mended = Object.fromEntries(Object.entries(messages.fr).map(([key, text]) => [key, mendFrench(text)]))
    writeFileSync(join(root, files.fr), `${JSON.stringify(mended, null, 2)}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  write(join(dirname(fileURLToPath(import.meta.url)), '../..'))
}
