import { IconPhoto } from '@tabler/icons-react'
import { isOwnPicture } from './own-picture.ts'

/** A small picture beside a name; decorative, since the name says what it is. */
export function Thumb({ url, size = 36 }: { url: string | null; size?: number }) {
  if (!isOwnPicture(url)) {
    return (
      <span
        className="ec-thumb"
        style={{ width: size, height: size, display: 'grid', placeItems: 'center' }}
        aria-hidden
      >
        <IconPhoto size={size / 2} stroke={1.25} />
      </span>
    )
  }
  return (
    <img
      className="ec-thumb"
      src={url}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      style={{ width: size, height: size }}
    />
  )
}
