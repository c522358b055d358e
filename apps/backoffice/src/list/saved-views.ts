/** Filters kept under a name. */
export type View<Search> = { id: string; label: string; filters: Partial<Search> }

const key = (name: string): string => `ecluse.views.${name}`

/** The views saved on this device for one list; none when storage is refused or was spoilt. */
export function readViews<Search>(name: string): readonly View<Search>[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key(name)) ?? '[]')
    return Array.isArray(found) ? (found as View<Search>[]).filter((view) => typeof view?.label === 'string') : []
  } catch {
    return []
  }
}

/** Keeps the views of one list on this device. */
export function writeViews<Search>(name: string, views: readonly View<Search>[]): void {
  try {
    localStorage.setItem(key(name), JSON.stringify(views))
  } catch {
    // Storage refused: the views last as long as the page.
  }
}
