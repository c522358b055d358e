/** Two short tones, so that whoever picks need not look: a high one is right, a low and longer one is wrong. */
export function sound(right: boolean): void {
  if (!right) navigator.vibrate?.(200)
  try {
    const context = new AudioContext()
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = right ? 1_320 : 196
    tone.type = right ? 'sine' : 'square'
    volume.gain.value = 0.08
    tone.connect(volume).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + (right ? 0.09 : 0.35))
    tone.onended = () => void context.close()
  } catch {
    // Without a loudspeaker the screen says it alone.
  }
}
