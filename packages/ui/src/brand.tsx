/** The name with its mark: a gate over two waters. */
export function Brand() {
  return (
    <span className="ec-brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="ec-brand-ground" />
        <path
          d="M6 22c3 0 3-2 6.500-2s3.500 2 6.500 2 3.500-2 7-2M10 16V9l6-3 6 3v7"
          fill="none"
          className="ec-brand-line"
          strokeWidth="2.400"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>Écluse</span>
    </span>
  )
}
