import type { MailBlock } from '@ecluse/contracts/mail-templates.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { readCustomers } from '../modules/customers/public.ts'
import {
  addCall,
  createTemplate,
  planVisit,
  publishTemplate,
  writeLetter,
  type MailDesk,
} from '../modules/engagement/public.ts'
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

/** The letter that goes to a few who asked for paper. */
const letter: TemplateInput = {
  name: 'Invitation à l’atelier (lettre)',
  purpose: 'marketing',
  medium: 'letter',
  topic: 'events',
  content: {
    subject: words('Une soirée à l’atelier', 'An evening at the workshop'),
    preheader: words('', ''),
    title: words('Une soirée à l’atelier', 'An evening at the workshop'),
    accent: null,
    variables: [],
    blocks: [
      hello,
      {
        kind: 'text',
        text: words(
          'Jeudi 10 décembre, de 18 h à 20 h, nos mécaniciens montrent comment régler freins et dérailleur. Venez avec votre vélo.',
          'On Thursday 10 December, from 6 to 8 p.m., our mechanics show how to adjust brakes and gears. Come with your bicycle.',
        ),
      },
      {
        kind: 'voucher',
        label: words('À montrer en arrivant', 'To show when you arrive'),
        code: '{{letter_code}}',
        hint: words('Une boisson vous attend.', 'A drink awaits you.'),
      },
    ],
  },
}

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

/** Whom the representatives visit these days. */
const toVisit = [
  { about: 'La flotte du printemps', questions: 'Combien de vélos, pour quand ?\nQui décide ?' },
  { about: 'Un vélo cargo à essayer à domicile', questions: 'Quels trajets, avec quelles charges ?' },
] as const

/** Writes and publishes the templates, puts those who asked for it on the call list, and plans visits. */
export async function writeTemplates({ app }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const customers = await readCustomers(app.services.db, { afterId: null, limit: 50 })
  const reachable = customers.filter(({ kind, phone, name }) => kind === 'person' && phone !== null && name !== '')
  await command(ctx, async (tx) => {
    for (const [at, call] of asked.entries()) {
      const customerId = reachable[at * 3]?.id
      if (customerId) await addCall(ctx, tx, customerId, { ...call, asked: true, purpose: 'service' })
    }
    for (const [at, visit] of toVisit.entries()) {
      const day = new Date(ctx.clock.now().getTime() + (at * 3 + 2) * 86_400_000)
      const customerId = customers.filter(({ address, name }) => address !== null && name !== '')[at]?.id
      const plan = { ...visit, on: day.toISOString().slice(0, 10), asked: false }
      if (customerId) await planVisit(ctx, tx, customerId, plan)
    }
    for (const template of templates)
      await publishTemplate(ctx, tx, desk, { id: await createTemplate(ctx, tx, template), revision: 1 })
    const templateId = await createTemplate(ctx, tx, letter)
    await publishTemplate(ctx, tx, desk, { id: templateId, revision: 1 })
    for (const { id } of customers.filter(({ address, name }) => address !== null && name !== '').slice(0, 3))
      await writeLetter(ctx, tx, { customerId: id, templateId })
  })
}
