import { h, type ComponentChildren, type VNode } from 'preact'
import { mailColours } from './colours.ts'

/** Colours on the elements are those of the light theme; classes change them for the dark one. */
export const c = mailColours.light
export const sans = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
export const serif = "Georgia,'Times New Roman',serif"

type Attributes = Readonly<Record<string, string | number | { __html: string }>>

/** One element. The tables and attributes mail programs need are not all in Preact's types. */
export function el(tag: string, attributes: Attributes, ...children: ComponentChildren[]): VNode {
  return h(tag, attributes as never, ...children)
}

/** A table for layout: it means nothing to a screen reader. */
export function table(attributes: Attributes, ...rows: ComponentChildren[][]): VNode {
  const layout = { role: 'presentation', width: '100%', cellpadding: 0, cellspacing: 0, border: 0, ...attributes }
  return el('table', layout, el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells))))
}
