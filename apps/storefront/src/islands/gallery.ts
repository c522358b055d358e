/** Small pictures bring the large one into view without moving the page. */
export function listenToGallery(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.gallery-small a')
    const target = link && document.getElementById(link.hash.slice(1))
    const row = target?.closest('ul')
    if (!link || !target || !row) return
    event.preventDefault()
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches
    row.scrollTo({ left: target.offsetLeft - row.offsetLeft, behavior: smooth ? 'smooth' : 'auto' })
    for (const one of document.querySelectorAll('.gallery-small a[aria-current]')) one.removeAttribute('aria-current')
    link.setAttribute('aria-current', 'true')
  })
}
