import type { MailBlock } from '@ecluse/contracts/mail-templates.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { readCustomers } from '../modules/customers/public.ts'
import { addCall, createTemplate, publishTemplate, type MailDesk } from '../modules/engagement/public.ts'
import type { DemoStage } from './demo-stage.ts'

type TemplateInput = Parameters<typeof createTemplate>[2]

const hello: MailBlock = {
  kind: 'text',
  text: { fr: 'Bonjour {{first_name|et bienvenue}},', en: 'Hello {{first_name|and welcome}},' },
}
const preferences: MailBlock = {
  kind: 'preferences',
  label: { fr: 'Choisir ce que je reçois, ou me désinscrire', en: 'Choose what I receive, or unsubscribe' },
}
const words = (fr: string, en: string) => ({ fr, en })

/** What the people of Alizé write to their customers. */
const templates: readonly TemplateInput[] = [
  {
    name: 'Bienvenue à l’atelier',
    purpose: 'marketing',
    topic: 'events',
    content: {
      subject: words('{{first_name|Bonjour}}, une révision vous attend', '{{first_name|Hello}}, a check-up awaits you'),
      preheader: words('Freins, transmission, pneus : une demi-heure.', 'Brakes, drivetrain, tyres: half an hour.'),
      title: words('Votre première révision', 'Your first check-up'),
      accent: null,
      variables: [{ name: 'code', sample: 'ATELIER-2026' }],
      blocks: [
        hello,
        {
          kind: 'text',
          text: words(
            'Après quelques centaines de kilomètres, un vélo neuf se règle : câbles qui s’allongent, rayons qui se posent. Nous le faisons pour vous, en une demi-heure.',
            'After a few hundred kilometres a new bicycle needs adjusting: cables stretch, spokes settle. We do it for you, in half an hour.',
          ),
        },
        { kind: 'button', label: words('Choisir un rendez-vous', 'Choose an appointment'), href: '/rendez-vous' },
        { kind: 'divider' },
        {
          kind: 'voucher',
          label: words('À montrer à l’atelier', 'To show at the workshop'),
          code: '{{code|ATELIER}}',
          hint: words('Valable une fois, dans tous nos magasins.', 'Valid once, in all our shops.'),
        },
        preferences,
      ],
    },
  },
  {
    name: 'Beaux jours',
    purpose: 'marketing',
    topic: 'news',
    content: {
      subject: words('Les beaux jours reviennent', 'Fine days are back'),
      preheader: words('', ''),
      title: words('Les beaux jours', 'Fine days'),
      accent: '#8a3b12',
      variables: [],
      blocks: [
        hello,
        {
          kind: 'columns',
          columns: [
            [
              { kind: 'heading', text: words('En ville', 'In town') },
              {
                kind: 'text',
                text: words('De quoi porter les courses et rester visible.', 'To carry the shopping and stay visible.'),
              },
            ],
            [
              { kind: 'heading', text: words('Plus loin', 'Further out') },
              {
                kind: 'text',
                text: words('Sacoches, tentes et cartes pour trois jours.', 'Panniers, tents and maps for three days.'),
              },
            ],
          ],
        },
        { kind: 'button', label: words('Voir les nouveautés', 'See what is new'), href: '/catalogue' },
        preferences,
      ],
    },
  },
]

/** None of these shows an article. */
const desk: MailDesk = { article: () => null, preferences: () => '' }

/** What customers asked to be called about. */
const asked = [
  { about: 'Une question sur la garantie de son vélo électrique', script: '' },
  {
    about: 'Choisir une taille de cadre avant de venir en magasin',
    script: 'Demander la taille et l’entrejambe.\nProposer un essai dans le magasin le plus proche.',
  },
] as const

/** Writes and publishes the templates, and puts those who asked for it on the call list. */
export async function writeTemplates({ app }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const customers = await readCustomers(app.services.db, { afterId: null, limit: 50 })
  const reachable = customers.filter(({ kind, phone, name }) => kind === 'person' && phone !== null && name !== '')
  await command(ctx, async (tx) => {
    for (const [at, call] of asked.entries()) {
      const customerId = reachable[at * 3]?.id
      if (customerId) await addCall(ctx, tx, customerId, { ...call, asked: true, purpose: 'service' })
    }
    for (const template of templates)
      await publishTemplate(ctx, tx, desk, { id: await createTemplate(ctx, tx, template), revision: 1 })
  })
}
