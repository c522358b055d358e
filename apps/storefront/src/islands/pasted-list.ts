/** A quick order: a file of codes is read into the field it stands beside, and Ctrl+Enter checks the list. */
export function listenToPastedLists(): void {
  document.addEventListener('change', (event) => {
    const file = event.target
    if (!(file instanceof HTMLInputElement) || file.dataset.island !== 'list-file') return
    const [chosen] = file.files ?? []
    const field = document.getElementById(file.dataset.into ?? '')
    if (!chosen || !(field instanceof HTMLTextAreaElement)) return
    void chosen.text().then((text) => {
      field.value = text.slice(0, 60_000)
      file.value = ''
      field.focus()
    })
  })
  document.addEventListener('keydown', (event) => {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement) || field.dataset.island !== 'list-text') return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit()
  })
  // Only with a script can a file be read here.
  for (const part of document.querySelectorAll<HTMLElement>('[data-scripted]')) part.hidden = false
}
