import { fetchPage, replaceParts, softly } from './swap.ts'

/** Parts a page swaps when a filter, an order or an option changes. */
const listParts = ['filters', 'results'] as const
const productParts = ['gallery', 'offer', 'facts'] as const

/** From this width on the filters stand beside the list; below, they are a panel whose form is sent as a whole. */
const wide = matchMedia('(min-width: 60rem)')

let latest = 0

async function show(address: string, ids: readonly string[], history: 'push' | 'replace'): Promise<void> {
  const turn = ++latest
  document.documentElement.classList.add('busy')
  const answer = await fetchPage(address)
  document.documentElement.classList.remove('busy')
  // A later choice was made meanwhile: its answer counts.
  if (turn !== latest) return
  if (!answer) {
    location.assign(address)
    return
  }
  const title = answer.page.title
  let done = false
  const change = (): void => {
    done = replaceParts(answer.page, ids)
    if (!done) location.assign(address)
  }
  if (history === 'push') softly(change)
  else change()
  document.title = title
  window.history[history === 'push' ? 'pushState' : 'replaceState']({ parts: ids }, '', answer.url)
}

function formAddress(form: HTMLFormElement): string {
  const search = new URLSearchParams()
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') search.append(name, value)
  if (search.get('sort') === 'relevance') search.delete('sort')
  const text = search.toString()
  return form.getAttribute('action') + (text ? `?${text}` : '')
}

async function appendMore(link: HTMLAnchorElement): Promise<void> {
  link.setAttribute('aria-busy', 'true')
  const answer = await fetchPage(link.href)
  const grid = document.querySelector('#results .offer-grid')
  const more = answer?.page.querySelectorAll('#results .offer-card')
  const cards = [...(more ?? [])].map((card) => document.adoptNode(card))
  if (!answer || !grid || cards.length === 0) {
    location.assign(link.href)
    return
  }
  grid.append(...cards)
  const next = answer.page.querySelector('#results [data-island=more]')
  if (next) link.replaceWith(document.adoptNode(next))
  else link.remove()
  cards[0]?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
}

/** Filters and sort act at once on a wide screen, options and “more” everywhere; the address follows. */
export function listenToLists(): void {
  document.addEventListener('change', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return
    const form = field.form
    if (form?.dataset.island !== 'filters') return
    if (wide.matches || field.name === 'sort') void show(formAddress(form), listParts, 'push')
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset.island !== 'filters' || !wide.matches) return
    event.preventDefault()
    void show(formAddress(form), listParts, 'push')
  })
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-island]')
    if (!link) return
    if (link.dataset.island === 'more') {
      event.preventDefault()
      void appendMore(link)
    } else if (link.dataset.island === 'swap') {
      event.preventDefault()
      const product = 'replace' in link.dataset
      void show(link.href, product ? productParts : listParts, product ? 'replace' : 'push')
    }
  })
  window.addEventListener('popstate', (event: PopStateEvent) => {
    const state = event.state as { parts?: string[] } | null
    // The page as it first came has no state; its list is asked again rather than kept twice.
    if (state?.parts || document.getElementById('filters')) {
      if (location.hash === '') void show(location.href, state?.parts ?? listParts, 'replace')
    }
  })
}
