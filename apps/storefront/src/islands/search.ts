/** Pause in typing after which suggestions are asked, in milliseconds. */
const pauseMilliseconds = 120

type Box = { form: HTMLFormElement; input: HTMLInputElement; list: HTMLElement }

function options(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=option]')]
}

function close({ input, list }: Box): void {
  list.hidden = true
  input.setAttribute('aria-expanded', 'false')
  input.removeAttribute('aria-activedescendant')
}

function choose({ input, list }: Box, step: 1 | -1): void {
  const all = options(list)
  const now = all.findIndex((one) => one.ariaSelected === 'true')
  const next = now + step < -1 ? all.length - 1 : now + step
  all.forEach((one, index) => (one.ariaSelected = String(index === next)))
  const chosen = all[next]
  if (chosen) input.setAttribute('aria-activedescendant', chosen.id)
  else input.removeAttribute('aria-activedescendant')
  chosen?.scrollIntoView({ block: 'nearest' })
}

/** Products under the words being typed, as a combobox (ARIA 1.2): arrows choose, Enter opens, Escape closes. */
export function listenToSearch(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-island=suggest]')
  const input = form?.querySelector<HTMLInputElement>('input[name=q]')
  if (!form || !input) return
  const list = document.createElement('div')
  list.id = 'suggestions'
  list.className = 'suggestions'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.ariaLabel = form.querySelector('label')?.textContent ?? ''
  form.append(list)
  const box: Box = { form, input, list }
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
    ['aria-autocomplete', 'list'],
  ] as const) {
    input.setAttribute(name, value)
  }
  listenToTyping(box)
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close(box)
    if (list.hidden) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      choose(box, event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter') {
      const chosen = options(list).find((one) => one.ariaSelected === 'true')
      if (chosen) {
        event.preventDefault()
        chosen.click()
      }
    }
  })
  form.addEventListener('focusout', (event) => {
    if (!form.contains(event.relatedTarget as Node | null)) close(box)
  })
}

function listenToTyping(box: Box): void {
  const { form, input, list } = box
  let pause: ReturnType<typeof setTimeout> | undefined
  let asked: AbortController | undefined
  const ask = async (): Promise<void> => {
    asked?.abort()
    const q = input.value.trim()
    if (q.length < 2) return close(box)
    asked = new AbortController()
    try {
      const response = await fetch(`${form.dataset.source}?q=${encodeURIComponent(q)}`, { signal: asked.signal })
      list.innerHTML = response.ok ? await response.text() : ''
    } catch {
      return
    }
    const some = options(list).length > 0 && document.activeElement === input
    list.hidden = !some
    input.setAttribute('aria-expanded', String(some))
    input.removeAttribute('aria-activedescendant')
  }
  input.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(() => void ask(), pauseMilliseconds)
  })
}
