import { useRef, useState } from 'react'
import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconBarcode, IconMinus, IconPackage, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FulfillmentLots, LotUnits } from '@ecluse/contracts/lots.ts'
import type { Packing } from '@ecluse/contracts/parcels.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { namedLots } from '@ecluse/ui/staff/lots/lot-draft.ts'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { linesToPack, nameIn, putIn, scanInto, type PackLine } from './pack-lines.ts'
import { touchedByParcel } from './parcel-queries.ts'

/** Fills one parcel: each scan is one unit more; Enter in the empty field closes the parcel. */
export function PackForm({ packing }: { packing: Packing }) {
  const t = useT()
  const [lines, setLines] = useState<readonly PackLine[]>(() => linesToPack(packing))
  const [kilograms, setKilograms] = useState<number | string>('')
  const [said, setSaid] = useState<{ text: string; wrong: boolean }>({ text: t('packing.scan.help'), wrong: false })
  const units = lines.reduce((sum, line) => sum + line.inside, 0)
  const pack = useAct({
    act: (_: void, key) =>
      call(
        endpoints.packParcel,
        {
          params: { fulfillmentId: packing.fulfillment.id },
          body: {
            lines: lines
              .filter(({ inside }) => inside > 0)
              .map(({ lineId, inside, lots }) => ({ lineId, quantity: inside, ...namedLots(lots) })),
            weightGrams: Number(kilograms) > 0 ? Math.round(Number(kilograms) * 1000) : null,
          },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByParcel,
    done: ({ parcels }) => t('packing.closed', { position: parcels.at(-1)?.position ?? 1 }),
  })
  const followed = useQuery(
    apiQuery(endpoints.getFulfillmentLots, { params: { fulfillmentId: packing.fulfillment.id } }),
  )
  const lotsOf = (id: string) => followed.data?.lines.find(({ lineId }) => lineId === id)
  const modeOf = (id: string) => lotsOf(id)?.tracking.mode
  const scan = (code: string) => {
    if (code === '') {
      if (units > 0 && Number(kilograms) <= mostKilograms) pack.mutate()
      return
    }
    const scanned = scanInto(lines, code, new Date(), modeOf)
    if ('problem' in scanned) return setSaid({ text: t(`packing.${scanned.problem}`, scanned), wrong: true })
    setLines(scanned.lines)
    const { name, count, total } = scanned
    setSaid({ text: t('packing.put', { name, count, total }), wrong: false })
  }
  const all = lines.every(({ inside, left }) => inside === left)
  return (
    <Card
      title={t('packing.left')}
      acts={!all && <PackAll onPack={() => setLines(lines.map((line) => ({ ...line, inside: line.left })))} />}
    >
      <ScanField said={said} onScan={scan} />
      <ul className="bo-pack-lines">
        {lines.map((line) => (
          <PackedLine
            key={line.lineId}
            line={line}
            followed={lotsOf(line.lineId)}
            incoming={followed.data?.incoming ?? false}
            onUnits={(inside) => setLines(putIn(lines, line.lineId, inside))}
            onLots={(lots) => setLines(nameIn(lines, line.lineId, lots))}
          />
        ))}
      </ul>
      <PackEnd
        units={units}
        kilograms={kilograms}
        onKilograms={setKilograms}
        busy={pack.isPending}
        onPack={() => pack.mutate()}
      />
    </Card>
  )
}

function PackAll({ onPack }: { onPack: () => void }) {
  const t = useT()
  return (
    <Button size="xs" variant="default" onClick={onPack}>
      {t('packing.all')}
    </Button>
  )
}

type EndProps = {
  units: number
  kilograms: number | string
  onKilograms: (kilograms: number | string) => void
  busy: boolean
  onPack: () => void
}

/** What the API takes as the weight of one parcel. */
const mostKilograms = 2_000

function PackEnd({ units, kilograms, onKilograms, busy, onPack }: EndProps) {
  const t = useT()
  const tooHeavy = Number(kilograms) > mostKilograms
  return (
    <div className="bo-pack-end">
      <NumberInput
        label={t('packing.weight')}
        allowedDecimalSeparators={[',', '.']}
        min={0}
        max={mostKilograms}
        clampBehavior="none"
        error={tooHeavy ? t('packing.weight.most', { most: mostKilograms }) : undefined}
        decimalScale={3}
        hideControls
        value={kilograms}
        onChange={onKilograms}
      />
      <Button
        leftSection={<IconPackage size={16} aria-hidden />}
        loading={busy}
        disabled={units === 0 || tooHeavy}
        onClick={onPack}
      >
        {t('packing.close', { count: units })}
      </Button>
    </div>
  )
}

function ScanField({ said, onScan }: { said: { text: string; wrong: boolean }; onScan: (code: string) => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [filming, setFilming] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <TextInput
        ref={field}
        label={t('packing.scan')}
        size="md"
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        leftSection={<IconBarcode size={20} stroke={1.5} aria-hidden />}
        rightSectionWidth={52}
        rightSection={<CameraButton onOpen={() => setFilming(true)} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onScan(event.currentTarget.value.trim())
          setText('')
        }}
      />
      <p role="status" className={said.wrong ? 'bo-line bo-wrong' : 'bo-line bo-quiet'}>
        {said.text}
      </p>
      {filming && <CameraScan stays said={said.text} onCode={onScan} onClose={() => setFilming(false)} />}
    </>
  )
}

type LineProps = {
  line: PackLine
  followed: FulfillmentLots['lines'][number] | undefined
  incoming: boolean
  onUnits: (units: number) => void
  onLots: (lots: readonly LotUnits[]) => void
}

function PackedLine({ line, followed, incoming, onUnits, onLots }: LineProps) {
  const t = useT()
  const name = [line.name, line.variantLabel].filter(Boolean).join(' · ')
  return (
    <li data-done={line.inside === line.left || undefined}>
      <span className="bo-named">
        <Thumb url={line.imageUrl} size={44} />
        <span className="bo-wrap">
          {name}
          <span className="bo-quiet bo-block">{[line.sku, line.gtin].filter(Boolean).join(' · ')}</span>
        </span>
      </span>
      <span className="bo-pack-units">
        <ActionIcon
          variant="default"
          size={36}
          disabled={line.inside === 0}
          aria-label={t('packing.less', { name })}
          onClick={() => onUnits(line.inside - 1)}
        >
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <span className="bo-pack-count">{t('packing.count', { count: line.inside, total: line.left })}</span>
        <ActionIcon
          variant="default"
          size={36}
          disabled={line.inside === line.left}
          aria-label={t('packing.more', { name })}
          onClick={() => onUnits(line.inside + 1)}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </span>
      {followed && (line.inside > 0 || line.lots.length > 0) && (
        <div className="bo-pack-lots">
          <LotsField
            of={name}
            tracking={followed.tracking}
            lots={line.lots}
            wanted={line.inside}
            shelf={followed.shelf}
            incoming={incoming}
            onChange={onLots}
          />
          {followed.picked.length > 0 && line.lots.length === 0 && (
            <span className="bo-quiet">{t('packing.lots.aside')}</span>
          )}
        </div>
      )}
    </li>
  )
}
