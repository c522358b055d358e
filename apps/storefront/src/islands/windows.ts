import { fetchPage, replaceParts } from './swap.ts'

/** Checkout: the windows of a postal code come by themselves, as soon as it is whole. Without script a button asks for them. */
let asked = ''

/** A field's text; forms here hold no files. */
function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : ''
}

async function ask(form: HTMLFormElement): Promise<void> {
  const values = new FormData(form)
  const postalCode = textOf(values.get('postalCode')).replace(/\s/g, '')
  if (values.get('method') !== 'window' || !/^\d{5}$/.test(postalCode) || postalCode === asked) return
  asked = postalCode
  values.set('act', 'windows')
  const body = new URLSearchParams([...values].map(([name, value]) => [name, textOf(value)]))
  const part = document.getElementById('windows')
  part?.setAttribute('aria-busy', 'true')
  const answer = await fetchPage(form.action, { method: 'POST', body })
  part?.removeAttribute('aria-busy')
  if (!answer || !replaceParts(answer.page, ['windows', 'window-sums'])) asked = ''
}

export function listenToWindows(): void {
  const listen = (event: Event): void => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || field.form?.dataset.island !== 'checkout') return
    if (field.name === 'method' || field.name === 'postalCode') void ask(field.form)
  }
  document.addEventListener('input', listen)
  document.addEventListener('change', listen)
}
