import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { Alert, Modal, Text } from '@mantine/core'
import { IconCameraOff } from '@tabler/icons-react'
import { useWords } from '../words.ts'
import './camera-scan.css'

type Problem = 'ui.scan.refused' | 'ui.scan.noCamera' | 'ui.scan.failed'

type Props = {
  onCode: (code: string) => void
  onClose: () => void
  /** Keeps scanning after a code, for several articles in a row. */
  stays?: boolean
  /** What became of the last code; the code itself when left out. */
  said?: ReactNode
}

const everyMs = 150
/** The same code seen again within this time is the same article still before the camera. */
const sameCodeMs = 2_500
const widestPx = 960

/** Scans with the camera of this device. Pictures stay on it: they are read here and kept nowhere. */
export function CameraScan({ onCode, onClose, stays = false, said }: Props) {
  const t = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [last, setLast] = useState<string | null>(null)
  const seen = useEffectEvent((code: string) => {
    setLast(code)
    navigator.vibrate?.(60)
    onCode(code)
    if (!stays) onClose()
  })
  useEffect(() => {
    const stopping = new AbortController()
    follow(video, seen, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) setProblem(problemOf(error))
    })
    return () => stopping.abort()
  }, [])
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('ui.scan.title')}
      closeButtonProps={{ 'aria-label': t('ui.scan.close'), size: 'lg' }}
    >
      {problem ? (
        <Alert color="red" role="alert" icon={<IconCameraOff aria-hidden />} title={t(problem)}>
          {t('ui.scan.instead')}
        </Alert>
      ) : (
        <>
          <video ref={video} className="staff-video" muted playsInline aria-label={t('ui.scan.picture')} />
          <Text c="dimmed" mt="sm" role="status">
            {last ? (said ?? t('ui.scan.read', { code: last })) : t('ui.scan.help')}
          </Text>
        </>
      )}
    </Modal>
  )
}

async function follow(
  video: React.RefObject<HTMLVideoElement | null>,
  onCode: (code: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  const stop = () => stream.getTracks().forEach((track) => track.stop())
  if (signal.aborted || !video.current) return stop()
  signal.addEventListener('abort', stop)
  const screen = video.current
  screen.srcObject = stream
  await screen.play()
  // The decoder is heavy: it comes when the camera is first used.
  const { readCode } = await import('./reader.ts')
  let seen = { code: '', at: 0 }
  while (!signal.aborted) {
    const code = await readCode(pictureOf(screen))
    const now = performance.now()
    if (code !== null && !signal.aborted) {
      if (code !== seen.code || now - seen.at > sameCodeMs) onCode(code)
      seen = { code, at: now }
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

function pictureOf(video: HTMLVideoElement): ImageData {
  const scale = Math.min(1, widestPx / Math.max(1, video.videoWidth))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(video.videoWidth * scale)),
    Math.max(1, Math.round(video.videoHeight * scale)),
  )
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

function problemOf(error: unknown): Problem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError') return 'ui.scan.refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'ui.scan.noCamera'
  return 'ui.scan.failed'
}
