/** Every component in each of its states, and the drawings, for looking at them and for checking them with axe. */
import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Menu,
  NumberInput,
  Pagination,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Table,
  Tabs,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { channelMedia } from '@ecluse/contracts/channels.ts'
import { ChannelMark } from '../src/channel-mark.tsx'
import { drawMap } from '../src/drawing/france.ts'
import { drawFromSpec } from '../src/drawing/spec.ts'
import { EcluseProvider, useLocale } from '../src/ecluse-provider.tsx'
import { EmptyState } from '../src/empty-state.tsx'
import { useKeyboardList } from '../src/keyboard-list.ts'
import { Money } from '../src/money.tsx'
import { PageHeader } from '../src/page-header.tsx'
import { Preferences } from '../src/preferences.tsx'
import { ProgressLine } from '../src/progress-line.tsx'
import { RelativeTime } from '../src/relative-time.tsx'
import { ShortcutHelp } from '../src/shortcut-help.tsx'
import { SidePanel } from '../src/side-panel.tsx'
import { StateBadge, type StateTone } from '../src/state-badge.tsx'
import { Timeline, type TimelineEntry } from '../src/timeline.tsx'
import { Why } from '../src/why.tsx'
import './gallery.css'

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

const reason = {
  kept: 'promotion',
  tried: [
    { rule: 'list', outcome: 'passed' as const, detail: 'Tarif public : 1 499,00 €' },
    { rule: 'loyalty', outcome: 'passed' as const, detail: 'Tarif fidélité : réservé aux membres' },
    { rule: 'promotion', outcome: 'kept' as const, detail: 'Promotion d’automne : −200 € jusqu’au 30 novembre' },
  ],
}

const orders = [
  {
    code: 'A-2041',
    who: 'Camille Roux',
    what: 'Gravel Alizé 3',
    tone: 'waiting',
    state: 'À préparer',
    total: 129_900,
    medium: 'web',
    age: 12,
  },
  {
    code: 'A-2040',
    who: 'Noé Lambert',
    what: 'Casque Brise',
    tone: 'urgent',
    state: 'En retard',
    total: 7_990,
    medium: 'phone',
    age: 190,
  },
  {
    code: 'A-2039',
    who: 'Inès Martin',
    what: 'Sacoche Rade × 2',
    tone: 'done',
    state: 'Remise',
    total: 15_800,
    medium: 'store',
    age: 1_500,
  },
  {
    code: 'A-2038',
    who: 'Hugo Petit',
    what: 'Longtail Cargo',
    tone: 'primary',
    state: 'En préparation',
    total: 429_900,
    medium: 'marketplace',
    age: 4_000,
  },
] as const

const entries: TimelineEntry[] = [
  {
    id: '4',
    at: minutesAgo(4),
    title: 'Remboursée',
    detail: <Money value={euros(-7_990)} />,
    actor: 'Léa Dubois',
    medium: 'store',
    channelName: 'Alizé Nantes',
    undo: () => undefined,
  },
  { id: '3', at: minutesAgo(95), title: 'Paiement refusé par la banque', tone: 'urgent', medium: 'web' },
  {
    id: '2',
    at: minutesAgo(1_500),
    title: 'Message reçu',
    detail: '« Puis-je passer samedi ? »',
    actor: 'Camille Roux',
    medium: 'sms',
  },
  { id: '1', at: minutesAgo(9_000), title: 'Stock vérifié' },
]

function Gallery() {
  const [open, setOpen] = useState<string | null>(null)
  const [help, setHelp] = useState(false)
  return (
    <div className="gallery">
      <PageHeader
        title="Commandes"
        badge={<StateBadge tone="waiting">3 à préparer</StateBadge>}
        trail="Aujourd’hui"
        summary="Ce qui attend dans votre magasin."
      >
        <Button variant="default" onClick={() => setHelp(true)}>
          Raccourcis
        </Button>
        <Button>Nouvelle commande</Button>
      </PageHeader>
      <Orders onOpen={setOpen} onHelp={() => setHelp(true)} />
      <Marks />
      <Figures />
      <Controls />
      <section>
        <h2>Historique</h2>
        <Timeline entries={entries} />
      </section>
      <section>
        <h2>Vide</h2>
        <EmptyState
          title="Aucune commande à préparer"
          hint="Les commandes du site à retirer ici apparaîtront dès leur paiement."
          drawing="backpack-lagoon-bare"
        >
          <Button variant="light">Voir les commandes remises</Button>
        </EmptyState>
      </section>
      <section>
        <h2>Préférences</h2>
        <Preferences />
      </section>
      <Pictures />
      {open && (
        <SidePanel
          title={`Commande ${open}`}
          badge={<StateBadge tone="waiting">À préparer</StateBadge>}
          itemKey={open}
          onClose={() => setOpen(null)}
          footer={<Button>Marquer comme préparée</Button>}
        >
          <Timeline entries={entries} />
        </SidePanel>
      )}
      <ShortcutHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function Orders({ onOpen, onHelp }: { onOpen: (code: string) => void; onHelp: () => void }) {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const toggle = (index: number) =>
    setTicked((before) => {
      const after = new Set(before)
      if (!after.delete(index)) after.add(index)
      return after
    })
  const { rowProps } = useKeyboardList({
    count: orders.length,
    onOpen: (index) => onOpen(orders[index]?.code ?? ''),
    onSelect: toggle,
    onHelp,
  })
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className="visually-hidden">Choisir</span>
            </Table.Th>
            <Table.Th>Commande</Table.Th>
            <Table.Th>Client</Table.Th>
            <Table.Th>État</Table.Th>
            <Table.Th>Canal</Table.Th>
            <Table.Th>Passée</Table.Th>
            <Table.Th ta="right">Total</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {orders.map((order, index) => (
            <Table.Tr key={order.code} {...rowProps(index)}>
              <Table.Td>
                <Checkbox
                  aria-label={`Choisir ${order.code}`}
                  checked={ticked.has(index)}
                  onChange={() => toggle(index)}
                />
              </Table.Td>
              <Table.Td>{order.code}</Table.Td>
              <Table.Td>{order.who}</Table.Td>
              <Table.Td>
                <StateBadge tone={order.tone}>{order.state}</StateBadge>
              </Table.Td>
              <Table.Td>
                <ChannelMark medium={order.medium} variant="plain" />
              </Table.Td>
              <Table.Td>
                <RelativeTime at={minutesAgo(order.age)} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={euros(order.total)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Marks() {
  const tones: StateTone[] = ['neutral', 'primary', 'waiting', 'done', 'urgent']
  return (
    <section>
      <h2>Canaux et états</h2>
      <Group gap={8}>
        {channelMedia.map((medium) => (
          <ChannelMark key={medium} medium={medium} />
        ))}
      </Group>
      <Group gap={12} mt={12}>
        {channelMedia.map((medium) => (
          <ChannelMark key={medium} medium={medium} variant="icon" />
        ))}
      </Group>
      <Group gap={8} mt={12}>
        {tones.map((tone) => (
          <StateBadge key={tone} tone={tone}>
            {tone}
          </StateBadge>
        ))}
      </Group>
    </section>
  )
}

function Figures() {
  const { locale } = useLocale()
  return (
    <section lang={locale}>
      <h2>Chiffres et raisons</h2>
      <Group>
        <span style={{ fontSize: 'var(--text-26)', fontWeight: 600 }}>
          <Money value={euros(129_900)} was={euros(149_900)} vat="included" whole />
        </span>
        <Why subject="prix de 1 299 €" reason={reason} />
      </Group>
      <ProgressLine
        label="Import de velos.csv"
        done={4_200}
        total={10_000}
        state="running"
        secondsLeft={130}
        onCancel={() => undefined}
      />
      <ProgressLine label="Export des clients" done={812} total={812} state="done" />
      <ProgressLine label="Import du stock" done={120} total={900} state="failed" />
    </section>
  )
}

function Controls() {
  const tones = ['identity', 'coral', 'ochre', 'leaf', 'gray'] as const
  const variants = ['filled', 'light', 'outline', 'subtle', 'default'] as const
  return (
    <section>
      <h2>Contrôles</h2>
      {variants.map((variant) => (
        <Group key={variant} gap={8} mb={8}>
          {tones.map((tone) => (
            <Button key={tone} variant={variant} color={tone}>
              {tone}
            </Button>
          ))}
          <Badge variant={variant}>Badge</Badge>
        </Group>
      ))}
      <div className="gallery-forms">
        <TextInput label="Nom" placeholder="Alizé Nantes" description="Tel qu’il est affiché en vitrine." />
        <TextInput label="E-mail" defaultValue="camille@" error="Il manque la fin de l’adresse." />
        <Select label="Magasin" data={['Nantes', 'Lyon', 'Lille']} defaultValue="Nantes" />
        <NumberInput label="Quantité" defaultValue={2} min={1} />
        <Textarea label="Note" autosize minRows={2} />
        <Stack gap={8}>
          <Checkbox label="Préparée" defaultChecked />
          <Radio label="Retrait en magasin" defaultChecked />
          <Switch label="Publié" defaultChecked />
          <SegmentedControl aria-label="Période" data={['Jour', 'Semaine', 'Mois']} />
        </Stack>
      </div>
      <Tabs defaultValue="a" mt={16}>
        <Tabs.List aria-label="Fiche">
          <Tabs.Tab value="a">Article</Tabs.Tab>
          <Tabs.Tab value="b">Stock</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="a" pt={12}>
          Fiche de l’article
        </Tabs.Panel>
      </Tabs>
      <Group mt={16}>
        <Pagination
          total={5}
          getControlProps={(control) => ({ 'aria-label': control })}
          getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
        />
        <Menu>
          <Menu.Target>
            <Button variant="default">Actions</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item>Imprimer</Menu.Item>
            <Menu.Item color="red">Annuler la commande</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {(['identity', 'coral', 'ochre', 'leaf'] as const).map((tone) => (
        <Alert key={tone} color={tone} title="Le paiement a été refusé" mt={8}>
          La banque demande une nouvelle confirmation.
        </Alert>
      ))}
    </section>
  )
}

const names =
  'road-54-coral gravel-54-lagoon mountain-54-ochre trekking-54-night city-52-mint-basket longtail-54-moss-sand-electric-load loader-54-slate-sand-electric-load folding-54-plum child-30-sun helmet-lagoon jacket-coral backpack-slate tent-plum lantern-sand shop-lagoon'

function Pictures() {
  return (
    <section>
      <h2>Dessins</h2>
      <Drawn svg={drawFromSpec('scene-spring') ?? ''} name="scene-spring" />
      <div className="gallery-pictures">
        {names.split(' ').map((name) => (
          <Drawn key={name} svg={drawFromSpec(name) ?? ''} name={name} />
        ))}
        <Drawn
          svg={drawMap(
            [
              { latitude: 47.22, longitude: -1.55, label: 'Nantes', chosen: true },
              { latitude: 45.76, longitude: 4.84, label: 'Lyon' },
            ],
            { title: 'Nos magasins' },
          )}
          name="drawMap"
        />
      </div>
    </section>
  )
}

/** As an image, so that what is looked at is what a browser makes of the file alone. */
function Drawn({ svg, name }: { svg: string; name: string }) {
  return (
    <figure>
      <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt="" />
      <figcaption>{name}</figcaption>
    </figure>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element called root')
createRoot(root).render(
  <EcluseProvider messages={{ fr: {}, en: {} }}>
    <Gallery />
  </EcluseProvider>,
)
