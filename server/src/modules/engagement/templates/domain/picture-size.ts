/** A picture as its first bytes tell: what mail programs show, and how large it is. */
export type PictureSize = {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif'
  readonly width: number
  readonly height: number
}

/** Reads type and size of a PNG, a JPEG or a GIF; null for anything else, whatever its name says. */
export function pictureSize(bytes: Buffer): PictureSize | null {
  const size = readPng(bytes) ?? readGif(bytes) ?? readJpeg(bytes)
  return size && size.width > 0 && size.height > 0 ? size : null
}

/** PNG (ISO 15948): signature, then IHDR with width and height. */
function readPng(bytes: Buffer): PictureSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG' || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return null
  return { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function readGif(bytes: Buffer): PictureSize | null {
  if (bytes.length < 10 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return null
  return { mediaType: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** JPEG (ISO 10918-1): segments up to the one that begins a frame. */
function readJpeg(bytes: Buffer): PictureSize | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame)
      return { mediaType: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
