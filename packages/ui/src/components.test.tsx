import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'react-intl'
import { expect, test } from 'vitest'
import { channelMedia } from '@ecluse/contracts/channels.ts'
import { ChannelMark } from './channel-mark.tsx'
import { uiMessages } from './ecluse-provider.tsx'
import { Money } from './money.tsx'
import { ProgressLine } from './progress-line.tsx'
import { StateBadge } from './state-badge.tsx'
import { Timeline } from './timeline.tsx'
import { Why } from './why.tsx'

function render(element: ReactNode): string {
  return renderToStaticMarkup(
    <IntlProvider locale="fr-FR" messages={uiMessages.fr}>
      <MantineProvider>{element}</MantineProvider>
    </IntlProvider>,
  )
}

test.each(channelMedia)('the mark of %s is an icon, hidden, and its name, read', (medium) => {
  for (const variant of ['chip', 'plain', 'icon'] as const) {
    const html = render(<ChannelMark medium={medium} variant={variant} />)
    expect(html).toMatch(/<svg[^>]* aria-hidden="true"/)
    expect(html).toContain(uiMessages.fr[`ui.channel.${medium}`])
    expect(html).toContain(`--channel-${medium}`)
  }
})

test('a channel is called by its own name when it has one', () => {
  expect(render(<ChannelMark medium="store" label="Alizé Nantes" />)).toContain('Alizé Nantes')
})

test('money shows the price before, struck, and names the tax', () => {
  const html = render(
    <Money
      value={{ amountMinor: 9_990, currency: 'EUR' }}
      was={{ amountMinor: 12_990, currency: 'EUR' }}
      vat="included"
    />,
  )
  expect(html).toContain('99,90\u202f€')
  expect(html).toMatch(/<s[^>]*>129,90\u202f€<\/s>/)
  expect(html).toContain('TTC')
})

test('“Why?” says to those who listen what it is about', () => {
  const reason = { kept: 'list', tried: [{ rule: 'list', outcome: 'kept' as const, detail: 'Tarif public' }] }
  expect(render(<Why subject="prix de 12 €" reason={reason} />)).toContain('aria-label="Pourquoi\u202f? prix de 12 €"')
})

test('a timeline is an ordered list in which each act has its own undo', () => {
  const html = render(
    <Timeline
      entries={[
        { id: '1', at: '2025-11-22T10:00:00Z', title: 'Remise', medium: 'store', actor: 'Inès', undo: () => undefined },
        { id: '2', at: '2025-11-21T10:00:00Z', title: 'Commande passée', medium: 'web' },
      ]}
    />,
  )
  expect(html).toMatch(/^.*<ol/s)
  expect(html.match(/<li/g)).toHaveLength(2)
  expect(html).toContain('aria-label="Annuler\u202f: Remise"')
  expect(html).toContain('dateTime="2025-11-22T10:00:00Z"')
})

test('progress tells numbers, and offers to stop only while it runs', () => {
  const line = (state: 'running' | 'done') =>
    render(<ProgressLine label="Import" done={1_200} total={10_000} state={state} onCancel={() => undefined} />)
  expect(line('running')).toContain('1\u202f200 sur 10\u202f000')
  expect(line('running')).toContain('Arrêter')
  expect(line('done')).not.toContain('Arrêter')
})

test('a state has a shape beside its colour', () => {
  const shapes = (['neutral', 'primary', 'waiting', 'done', 'urgent'] as const).map(
    (tone) => /<svg.*<\/svg>/s.exec(render(<StateBadge tone={tone}>x</StateBadge>))?.[0],
  )
  expect(new Set(shapes).size).toBe(5)
})
