import { value } from './icu.mjs'

const narrow = '\u202F'
const wide = '\u00A0'

const rules = [
  [new RegExp(`[^${narrow}!?;](?=[;!?](?![\\w=&/]))`), 'a narrow no-break space (U+202F) goes before ; ! ?'],
  [new RegExp(`[^${narrow}${wide}:](?=:(\\s|$|${value}|«))`), 'a no-break space (U+202F or U+00A0) goes before :'],
  [new RegExp(`«(?![${narrow}${wide}])`), 'a no-break space (U+202F or U+00A0) goes after «'],
  [new RegExp(`(^|[^${narrow}${wide}])»`), 'a no-break space (U+202F or U+00A0) goes before »'],
  [new RegExp(`[\\d ${value}][€%]`), 'a no-break space (U+202F or U+00A0) goes before € and %'],
  [/"/, 'quotes are « »'],
  [/\p{L}'/u, 'the apostrophe is ’ (in ICU messages a straight one hides what follows it)'],
  [/\.\.\./, 'the ellipsis is one character: …'],
]

/** What is wrong with the typography of a French text, in one line each. */
export function frenchFaults(text) {
  const spoken = text.replaceAll(`${value}:${value}`, value)
  return rules.filter(([pattern]) => pattern.test(spoken)).map(([, advice]) => advice)
}

/** Mends the faults that have one answer. Works on the message as written, placeholders included. */
export function mendFrench(message) {
  return message
    .replace(/(\p{L})'(?=[\p{L}{<])/gu, '$1’')
    .replace(/\.\.\./g, '…')
    .replace(/([^\s!?;:«])[ \u00A0]?([;!?])(?![\w=&/])/gu, `$1${narrow}$2`)
    .replace(/(\S) ?(?<![\u202F\u00A0]):(?=\s|$|«)/g, `$1${narrow}:`)
    .replace(/« ?(?![\u202F\u00A0])/g, `«${narrow}`)
    .replace(/(?<![\u202F\u00A0]) ?»/g, `${narrow}»`)
    .replace(/([\d}]) ?([€%])/g, `$1${narrow}$2`)
    .replaceAll(`${narrow}${narrow}`, narrow)
}
