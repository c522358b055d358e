const kept = new Set(['P', 'BR', 'STRONG', 'B', 'EM', 'I', 'U', 'H2', 'H3', 'H4', 'UL', 'OL', 'LI', 'A', 'BLOCKQUOTE'])
const dropped = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'NOSCRIPT', 'SVG', 'MATH', 'FORM'])

/**
 * The part of some HTML that a description may hold, as nodes: known elements, no attributes but the address of a link. Unknown
 * elements give their content. The server sanitises too; this keeps what is *shown* here as safe as what is saved.
 */
export function cleanHtml(html: string): DocumentFragment {
  const source = new DOMParser().parseFromString(html, 'text/html')
  const target = document.createDocumentFragment()
  copy(source.body, target)
  return target
}

function copy(from: Node, to: Node): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.appendChild(document.createTextNode(node.textContent ?? ''))
    if (!(node instanceof Element)) continue
    const name = node.nodeName.toUpperCase()
    if (dropped.has(name)) continue
    const block = name === 'DIV' ? 'P' : name
    if (!kept.has(block)) {
      copy(node, to)
      continue
    }
    const element = document.createElement(block)
    const address = node.getAttribute('href') ?? ''
    if (name === 'A' && /^(https?:|mailto:|\/)/i.test(address)) element.setAttribute('href', address)
    copy(node, element)
    to.appendChild(element)
  }
}
