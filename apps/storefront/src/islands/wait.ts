import { fetchPage } from './swap.ts'

/** On the page that waits for a bank: asks again quietly, and goes where the answer leads. */
export function keepAsking(): void {
  const page = document.querySelector<HTMLElement>('[data-island=wait]')
  if (!page) return
  const ask = async (): Promise<void> => {
    const answer = await fetchPage(location.href)
    if (answer && (answer.url !== location.href || !answer.page.querySelector('[data-island=wait]'))) {
      return location.replace(answer.url)
    }
    later()
  }
  const later = (): void => void setTimeout(() => void ask(), Number(page.dataset.seconds) * 1_000)
  later()
}
