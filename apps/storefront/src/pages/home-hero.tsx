/** @jsxRuntime automatic @jsxImportSource preact */

export function HeroPicture() {
  return <div class="hero-picture" aria-hidden="true" />
}
