/** The months from a day to another, each as its days. */
export function monthsBetween(from: string, until: string): { from: string; until: string }[] {
  const months = []
  for (let day = `${from.slice(0, 7)}-01`; day <= until;) {
    const next = new Date(`${day}T00:00:00Z`)
    next.setUTCMonth(next.getUTCMonth() + 1)
    const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10)
    months.push({ from: day, until: last })
    day = next.toISOString().slice(0, 10)
  }
  return months
}
