import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferCard } from '@ecluse/contracts/offers.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { isPassLink } from './pick-up-pass.ts'
import { looksLikeBarcode, looksLikeCode, looksLikePass, readTyped } from './typed-text.ts'
import type { Adding } from './use-add.ts'

type Props = {
  adding: Adding
  field: RefObject<HTMLInputElement | null>
  onCamera: () => void
  /** A key pressed while the field is empty, for what the basket does with it; true when it was taken. */
  onEmptyKey: (key: string) => boolean
}

/** The one field of the till: a scanner types into it, a clerk types a SKU or words and picks from the list. */
export function Finder({ adding, field, onCamera, onEmptyKey }: Props) {
  const t = useT()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(-1)
  const [busy, setBusy] = useState(false)
  const { words } = readTyped(text)
  const suggestions = useSuggestions(words)
  const opened = suggestions.items !== null && !busy
  const items = opened ? (suggestions.items ?? []) : []

  const clear = (): void => {
    setText('')
    setMarked(-1)
  }
  const choose = (card: OfferCard): void => {
    const { quantity } = readTyped(text)
    clear()
    void adding.addCard(card, quantity)
    field.current?.focus()
  }
  const enter = async (): Promise<void> => {
    // What is in the field now, not what was drawn: a scanner types faster than the screen follows.
    const typed = readTyped(field.current?.value ?? text)
    const chosen = items[marked]
    if (chosen) return choose(chosen)
    if (typed.words === '') return
    if (looksLikeCode(typed.words) || looksLikePass(typed.words) || isPassLink(typed.words)) {
      setBusy(true)
      setText('')
      const outcome = await adding.addCode(typed.words, typed.quantity)
      setBusy(false)
      // An unknown word stays in the field, as a search; an unknown barcode goes, so that the next scan is clean.
      if (outcome !== 'added' && !looksLikeBarcode(typed.words)) setText((now) => now || typed.words)
      return
    }
    if (items.length === 1 && items[0]) choose(items[0])
    else setMarked(items.length > 0 ? 0 : -1)
  }
  const onKeyDown = keysOf(text, items.length, { enter: () => void enter(), mark: setMarked, clear, onEmptyKey })
  return (
    <div className="pos-finder">
      <TextInput
        ref={field}
        size="lg"
        role="combobox"
        aria-label={t('find.label')}
        aria-expanded={opened}
        aria-controls="find-list"
        aria-autocomplete="list"
        aria-activedescendant={items[marked] ? `find-${marked}` : undefined}
        placeholder={t('find.placeholder')}
        value={text}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        leftSection={busy ? <Loader size={20} /> : <IconBarcode size={24} stroke={1.5} aria-hidden />}
        rightSectionWidth={60}
        rightSection={<CameraButton onOpen={onCamera} />}
        onChange={(event) => {
          clear()
          setText(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      {opened && <Suggestions items={items} marked={marked} words={words} onChoose={choose} />}
    </div>
  )
}

type FinderActs = {
  enter: () => void
  mark: (move: (index: number) => number) => void
  clear: () => void
  onEmptyKey: (key: string) => boolean
}

/** What the keys of the field do: Enter takes, arrows go through what was found, Escape empties, the rest is the basket's. */
function keysOf(text: string, count: number, { enter, mark, clear, onEmptyKey }: FinderActs) {
  return (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter') enter()
    else if (step !== 0 && count > 0) mark((index) => Math.min(count - 1, Math.max(-1, index + step)))
    else if (event.key === 'Escape' && text !== '') clear()
    else if (text !== '' || !onEmptyKey(event.key)) return
    event.preventDefault()
  }
}

function useSuggestions(words: string): { items: OfferCard[] | null } {
  const { channelCode } = useShop()
  const [asked] = useDebouncedValue(words, 120)
  const wanted = words.length >= 2 && !looksLikeBarcode(words)
  const found = useQuery({
    ...apiQuery(endpoints.suggestOffers, { query: { channel: channelCode, locale: currentLocale(), q: asked || ' ' } }),
    enabled: wanted && asked.length >= 2,
    placeholderData: (before) => before,
  })
  return { items: wanted && found.data ? found.data.items : null }
}

function Suggestions(props: {
  items: readonly OfferCard[]
  marked: number
  words: string
  onChoose: (card: OfferCard) => void
}) {
  const t = useT()
  const { items, marked, words, onChoose } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  if (items.length === 0) {
    return (
      <p className="pos-suggestions pos-none" role="status">
        {t('find.nothing', { words })}
      </p>
    )
  }
  return (
    <div id="find-list" role="listbox" aria-label={t('find.list')} className="pos-suggestions" ref={list}>
      {items.map((card, index) => (
        <div
          key={card.productId}
          id={`find-${index}`}
          role="option"
          aria-selected={index === marked}
          tabIndex={-1}
          className="pos-suggestion"
          // The focus stays in the field, whose keys go through the list; this one is for tools that focus an option.
          onMouseDown={(event) => event.preventDefault()}
          onKeyDown={(event) => event.key === 'Enter' && onChoose(card)}
          onClick={() => onChoose(card)}
        >
          <Thumb url={card.imageUrl} size={44} />
          <span className="pos-grow">
            <span className="pos-strong">{card.name}</span>
            <span className="pos-dim">{card.brand}</span>
          </span>
          {card.availability === 'out_of_stock' && <span className="pos-dim">{t('stock.none')}</span>}
          <span className="pos-strong">
            <Money value={card.priceFrom} />
          </span>
        </div>
      ))}
    </div>
  )
}
