import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element as it was read: children by name without prefix, attributes with `@`, text as `#text`. */
export type XmlNode = { readonly [name: string]: unknown }

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
})

/**
 * Reads XML that strangers send. A document type is refused whole: entities of its own could name files or grow without end.
 * @returns the root element and its name; null for what is no well-formed XML of this kind
 */
export function readXml(text: string): { name: string; root: XmlNode } | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null
  const document = parsed(text)
  if (document === null) return null
  const roots = Object.entries(document).filter(([name]) => !name.startsWith('?') && name !== '#text')
  const [only] = roots
  if (roots.length !== 1 || !only) return null
  const [name, nodes] = only
  const [root] = Array.isArray(nodes) ? (nodes as unknown[]) : []
  return typeof root === 'object' && root !== null ? { name, root: root as XmlNode } : null
}

/** The parser throws for some of what the validator lets through. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    return XMLValidator.validate(text) === true ? (parser.parse(text) as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** All children of one name on a path of elements. */
export function elements(node: XmlNode | undefined, ...path: readonly string[]): XmlNode[] {
  return path.reduce<XmlNode[]>(
    (nodes, name) =>
      nodes.flatMap((one) => {
        const children = one[name]
        return Array.isArray(children) ? (children.filter((child) => typeof child === 'object') as XmlNode[]) : []
      }),
    node ? [node] : [],
  )
}

/** The text of the first element on a path; null when there is none, or nothing in it. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | null {
  const [found] = elements(node, ...path)
  const text = found?.['#text']
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}

/** An element to write: its name with its prefix, its attributes, and what is in it; nothing is written for `null`. */
export type Written = string | null

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML 1.0 may hold it: signs are escaped, and characters it has no place for are left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
}

/** Writes an element with children, in their order; one without any is left out. */
export function group(name: string, children: readonly Written[]): Written {
  const inside = children.filter((child): child is string => child !== null)
  return inside.length === 0 ? null : `<${name}>${inside.join('')}</${name}>`
}

/** Writes an element with text; nothing for null or emptiness. */
export function leaf(name: string, text: string | null, attributes: Readonly<Record<string, string>> = {}): Written {
  const said = text === null ? '' : escaped(text).trim()
  if (said === '') return null
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')
  return `<${name}${given}>${said}</${name}>`
}
