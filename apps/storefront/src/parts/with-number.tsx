/** @jsxRuntime automatic @jsxImportSource preact */

/** Words with the number of a document in them, which is never broken at its hyphens. */
export function WithNumber({ text, number }: { text: string; number: string }) {
  const [before, ...after] = text.split(number)
  if (after.length === 0) return <>{text}</>
  return (
    <>
      {before}
      <span class="nowrap">{number}</span>
      {after.join(number)}
    </>
  )
}
