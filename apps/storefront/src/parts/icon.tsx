/** @jsxRuntime automatic @jsxImportSource preact */

/** Outlined icons on a 24-unit grid, drawn for the shop. */
const strokes = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M15.3 15.3L20.5 20.5',
  bag: 'M6 8h12l1 12H5zM9 10.5V7a3 3 0 0 1 6 0v3.5',
  person: 'M12 4.5a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 0 1 0-7.5M4.5 20c.8-3.6 3.7-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  pin: 'M12 21c-4.6-4.7-6.8-8.1-6.8-11.2a6.8 6.8 0 0 1 13.6 0C18.8 12.9 16.6 16.3 12 21M12 7.5a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 0 1 0-4.8',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9.5l6 6l6-6',
  right: 'M9.5 6l6 6l-6 6',
  download: 'M12 4v11M7.5 10.5L12 15l4.5-4.5M4.5 19.5h15',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  truck:
    'M3 6.5h11v10H3zM14 10h4l3 3.5v3h-7M7 16.5a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 0 1 0-3.8M17 16.5a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 0 1 0-3.8',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0a3 3 0 0 1-6 0a3 3 0 0 1-6 0M10 20v-5h4v5',
  clock: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16M12 8v4.5l3 1.8',
  back: 'M4.5 9h10a5 5 0 0 1 0 10H8M8.5 5l-4 4l4 4',
  filter: 'M4 7h16M7 12h10M10 17h4',
  phone: 'M5 4h4l2 5l-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1.8 1.8 0 0 1-2 1.8A15.5 15.5 0 0 1 3.2 6A1.8 1.8 0 0 1 5 4',
  info: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16M12 11v5M12 7.8v.2',
  alert: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.1',
} as const

export type IconName = keyof typeof strokes

/** Says nothing to a screen reader: the words beside it do. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  )
}
