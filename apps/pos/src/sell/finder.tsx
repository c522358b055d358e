import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
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
import { isLetter, looksLikeBarcode, looksLikeCode, looksLikePass, readTyped } from './typed-text.ts'
import type { Adding } from './use-add.ts'

/** Nothing corrects what a scanner types. */
const asTyped = {
  autoComplete: 'off',
  autoCorrect: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
  enterKeyHint: 'search',
} as const

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
    void adding.addCard(card, readTyped(text).quantity)
    clear()
    field.current?.focus()
  }
  const tryCode = async ({ words: code, quantity }: ReturnType<typeof readTyped>): Promise<void> => {
    setBusy(true)
    setText('')
    const outcome = await adding.addCode(code, quantity)
    setBusy(false)
    // An unknown word stays in the field, as a search; an unknown barcode goes, so that the next scan is clean.
    if (outcome === 'added' || looksLikeBarcode(code)) return
    setText((now) => now || code)
    setMarked(0)
  }
  const enter = async (): Promise<void> => {
    // What is in the field now, not what was drawn: a scanner types faster than the screen follows.
    const typed = readTyped(field.current?.value ?? text)
    const chosen = items[marked]
    if (chosen) return choose(chosen)
    if (typed.words === '') return
    if (isOneThing(typed.words)) return tryCode(typed)
    const found = await suggestions.of(typed.words)
    // Whoever typed on while it was looked for has not asked for this any more.
    if (readTyped(field.current?.value ?? '').words !== typed.words) return
    if (found.length === 1 && found[0]) choose(found[0])
    else setMarked(found.length > 0 ? 0 : -1)
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
        {...asTyped}
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

/** Whether a text names one thing: an article, a pass, a letter. */
const isOneThing = (words: string): boolean =>
  looksLikeCode(words) || looksLikePass(words) || isPassLink(words) || isLetter(words)

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

/**
 * What is found while one types. The list may still be that of the words before, for a moment: whoever presses Enter is
 * answered with what is found for the words themselves.
 */
function useSuggestions(words: string) {
  const { channelCode } = useShop()
  const client = useQueryClient()
  const queryOf = (q: string) =>
    apiQuery(endpoints.suggestOffers, { query: { channel: channelCode, locale: currentLocale(), q } })
  const [asked] = useDebouncedValue(words, 120)
  const wanted = words.length >= 2 && !looksLikeBarcode(words)
  const found = useQuery({
    ...queryOf(asked || ' '),
    enabled: wanted && asked.length >= 2,
    placeholderData: (before) => before,
  })
  const of = async (q: string): Promise<readonly OfferCard[]> => {
    if (q.length < 2) return []
    return client.fetchQuery(queryOf(q)).then(
      ({ items }) => items,
      () => [],
    )
  }
  return { items: wanted && found.data ? found.data.items : null, of }
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
