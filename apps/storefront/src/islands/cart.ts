import { fetchPage, replaceParts } from './swap.ts'

/** How long the notice of an addition stays, in milliseconds; pointing at it or focusing it keeps it. */
const noticeMilliseconds = 8_000
let hiding: ReturnType<typeof setTimeout> | undefined

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const data = new FormData(form, submitter)
  return new URLSearchParams([...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

function post(form: HTMLFormElement, submitter: HTMLElement | null, headers: Record<string, string> = {}) {
  return fetchPage(form.action, { method: 'POST', body: bodyOf(form, submitter), headers })
}

function hideNotice(): void {
  document.getElementById('notice')?.replaceChildren()
}

function keepNotice(): void {
  clearTimeout(hiding)
  hiding = setTimeout(() => {
    const notice = document.getElementById('notice')
    if (notice?.matches(':hover, :focus-within')) keepNotice()
    else hideNotice()
  }, noticeMilliseconds)
}

async function add(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (submitter?.ariaBusy === 'true') return
  if (submitter) submitter.ariaBusy = 'true'
  const answer = await post(form, submitter, { 'x-island': 'add' })
  if (submitter) submitter.ariaBusy = null
  const added = answer?.page.getElementById('notice')
  const notice = document.getElementById('notice')
  // Refused, or an answer for people: the whole page says it.
  if (!answer || !added || !notice || !replaceParts(answer.page, ['cart-link'])) return form.submit()
  // The live region itself stays, or its change would not be read.
  notice.replaceChildren(...added.childNodes)
  keepNotice()
}

async function change(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  document.documentElement.classList.add('busy')
  const answer = await post(form, submitter)
  document.documentElement.classList.remove('busy')
  if (!answer || !replaceParts(answer.page, ['cart', 'cart-link'])) location.reload()
}

/** Adding without leaving the page, and quantities that count as soon as they are changed. */
export function listenToCart(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const act = { add, quantity: change }[form.dataset.island ?? '']
    if (!act) return
    event.preventDefault()
    void act(form, event.submitter)
  })
  document.addEventListener('change', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || field.type !== 'number') return
    if (field.form?.dataset.island === 'quantity' && field.validity.valid && field.value !== '')
      field.form.requestSubmit()
  })
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-dismiss]')) hideNotice()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hideNotice()
  })
}
