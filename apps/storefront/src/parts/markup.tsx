/** @jsxRuntime automatic @jsxImportSource preact */
import { createElement, type VNode } from 'preact'

type Props = { tag: 'div' | 'span' | 'script'; html: string; class?: string; type?: string; hidden?: boolean }

/**
 * Markup written as it stands. Only for what was made safe before: drawings of our own code, descriptions the API has
 * sanitised, JSON-LD with its angle brackets escaped. The one place of the shop where text is not escaped.
 */
export function Markup({ tag, html, hidden, ...attributes }: Props): VNode {
  return createElement(tag, {
    ...attributes,
    ...(hidden ? { 'aria-hidden': 'true' } : {}),
    dangerouslySetInnerHTML: { __html: html },
  } as object)
}
