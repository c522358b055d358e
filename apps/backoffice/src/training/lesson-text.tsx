/** What a lesson says: paragraphs between empty lines, and lists of lines that begin with “- ”. */
export function LessonText({ body }: { body: string }) {
  const blocks = body
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
  return (
    <div className="bo-lesson">
      {blocks.map((block, at) => (
        <LessonBlock key={at} lines={block.split('\n')} />
      ))}
    </div>
  )
}

function LessonBlock({ lines }: { lines: readonly string[] }) {
  const points = lines.filter((line) => line.startsWith('- '))
  const words = lines.filter((line) => !line.startsWith('- ')).join(' ')
  return (
    <>
      {words !== '' && <p>{words}</p>}
      {points.length > 0 && (
        <ul>
          {points.map((point) => (
            <li key={point}>{point.slice(2)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
