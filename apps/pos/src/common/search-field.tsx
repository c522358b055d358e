import { useEffect, useRef } from 'react'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { dialogIsOpen, isTyping } from '../app/keys.ts'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'

type Props = {
  label: string
  value: string
  onChange: (text: string) => void
  /** Told what the field holds at that moment. */
  onEnter: (text: string) => void
  onCamera: () => void
}

/** A search that a scanner types into: what is typed while no other field takes text goes here. */
export function SearchField({ label, value, onChange, onEnter, onCamera }: Props) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true })
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || event.key === ' ') return
      if (isTyping(event.target) || dialogIsOpen()) return
      field.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [])
  return (
    <TextInput
      ref={field}
      size="lg"
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={22} stroke={1.5} aria-hidden />}
      rightSectionWidth={60}
      rightSection={<CameraButton onOpen={onCamera} />}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onEnter(event.currentTarget.value)
      }}
    />
  )
}
