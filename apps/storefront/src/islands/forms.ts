/**
 * Checkout and sign-in: one submission at a time, and after a refused one each field is looked at again as it is left. The
 * words of an error are the server's; here they only go away once the field is right.
 */
function isRight(field: HTMLInputElement): boolean {
  const value = field.value.trim()
  if (field.required && value === '') return false
  if (field.type === 'email') return /^\S+@\S+\.\S+$/.test(value)
  const pattern = field.dataset.pattern
  return !pattern || new RegExp(pattern).test(value.replace(/\s/g, ''))
}

function lookAgain(field: HTMLInputElement): void {
  const box = field.closest('.field')
  const error = box?.querySelector<HTMLElement>('.field-error')
  if (!box || !error) return
  const right = isRight(field)
  box.classList.toggle('wrong', !right)
  error.hidden = right
  if (right) field.removeAttribute('aria-invalid')
  else field.setAttribute('aria-invalid', 'true')
}

export function listenToForms(): void {
  document.addEventListener('input', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || field.form?.dataset.island !== 'checkout') return
    // A French postcode is typed in two groups by some; five digits are what is kept.
    if (field.name === 'postalCode') {
      const kept = field.value.replace(/[^\d ]/g, '')
      if (kept !== field.value) field.value = kept
    }
    lookAgain(field)
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset.island !== 'checkout') return
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    if (event.submitter) event.submitter.ariaBusy = 'true'
  })
  // Back from the next page: the form can be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset.sent
      form.querySelector('[aria-busy]')?.removeAttribute('aria-busy')
    }
  })
  document.querySelector<HTMLElement>('.banner[role=alert]')?.focus()
}
