/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

/** What somebody asked for is done: said where they stand, and read out. */
export function Done({ children }: { children: ComponentChildren }) {
  return (
    <p class="banner done" role="status">
      <Icon name="check" />
      <span>{children}</span>
    </p>
  )
}
