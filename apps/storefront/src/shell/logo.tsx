/** @jsxRuntime automatic @jsxImportSource preact */

/** The shop's mark, two gusts over a wheel, and its name set in the house serif. */
export function Logo() {
  return (
    <>
      <svg class="logo-mark" width="34" height="28" viewBox="0 0 34 28" aria-hidden="true" focusable="false">
        <circle cx="22" cy="17" r="9" />
        <circle cx="22" cy="17" r="1.4" class="hub" />
        <path d="M2 12h13a3.6 3.6 0 1 0-3.6-3.6M1 18h9M5 24h7" />
      </svg>
      <span class="logo-word">Alizé</span>
    </>
  )
}

/** The mark alone on the house colour, for browsers' tabs and home screens. */
export const faviconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0b5358"/><g fill="none" stroke="#fdfaf3" stroke-width="4" stroke-linecap="round"><circle cx="39" cy="37" r="15"/><path d="M8 29h20a6 6 0 1 0-6-6M7 39h12M13 49h11"/></g><circle cx="39" cy="37" r="3" fill="#fdfaf3"/></svg>`
