/** One colour and one shape of line per vehicle, by its place in the day; more than six share them. */
const colours = ['web', 'store', 'phone', 'field', 'email', 'social'] as const
const dashes = ['', '8 4', '2 4', '12 4 2 4', '16 6', '4 4'] as const

export function markOfRoute(index: number): { colour: string; dash: string } {
  return {
    colour: `var(--channel-${colours[index % colours.length] ?? 'web'})`,
    dash: dashes[index % dashes.length] ?? '',
  }
}
