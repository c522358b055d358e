/**
 * Puts pieces of another page of this shop in place of those of the present one. The server renders both, so an island never
 * knows how anything looks; when anything goes wrong the browser is sent there as if there were no script.
 */

/** The document at an address, or null when it is not one of ours to show in place. */
export async function fetchPage(
  address: string,
  init: RequestInit = {},
): Promise<{ page: Document; url: string } | null> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...init })
    const type = response.headers.get('content-type') ?? ''
    if (!response.ok || !type.startsWith('text/html')) return null
    return { page: new DOMParser().parseFromString(await response.text(), 'text/html'), url: response.url }
  } catch {
    return null
  }
}

/** Replaces the elements of these ids; false, and nothing done, when either page lacks one. */
export function replaceParts(page: Document, ids: readonly string[]): boolean {
  const pairs: [Element, Element][] = []
  for (const id of ids) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)]
    if (!here || !there) return false
    pairs.push([here, there])
  }
  const focused = placeOfFocus()
  for (const [here, there] of pairs) here.replaceWith(document.adoptNode(there))
  focused?.()
  return true
}

/** Remembers which control has the focus by what it is, and gives it back to its successor. */
function placeOfFocus(): (() => void) | null {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return null
  const { id } = active
  const name = active.getAttribute('name')
  const value = active.getAttribute('value')
  const href = active.getAttribute('href')
  const find = (): HTMLElement | null => {
    if (active.isConnected) return active
    if (id) return document.getElementById(id)
    if (href) return document.querySelector(`a[href="${CSS.escape(href)}"]`)
    if (!name) return null
    const same = [...document.querySelectorAll<HTMLElement>(`[name="${CSS.escape(name)}"]`)]
    return (
      (active.getAttribute('type') === 'checkbox'
        ? same.find((one) => one.getAttribute('value') === value)
        : same[0]) ?? null
    )
  }
  return () => find()?.focus({ preventScroll: true })
}

/** Calls `change` inside a view transition where there is such a thing and motion is welcome. */
export function softly(change: () => void): void {
  if (document.startViewTransition && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    document.startViewTransition(change)
  } else {
    change()
  }
}
