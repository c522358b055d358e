import { journeyGraphSchema } from '@ecluse/contracts/journey-graph.ts'
import { journeySettingsSchema } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Tx } from '../kernel/db.ts'
import { createJourney, publishJourney } from '../modules/engagement/public.ts'

const minutesOfDay = 1_440
const way = (from: string, to: string, port = 'next') => ({ from, port, to })
const at = (column: number, row = 0) => ({ x: column * 260, y: row * 140 })

/** A size, or a ride: what suits whom is learned from what they do. */
const adviceOrRide = {
  id: 'conseil',
  name: 'Conseil ou invitation',
  type: 'decision',
  candidates: [
    {
      key: 'conseil',
      name: 'Choisir sa taille',
      medium: 'email',
      subject: 'advice',
      hours: [9, 18],
      valueMinor: 1_500,
      content: {
        title: { fr: 'Quelle taille de vélo vous va ?', en: 'Which size of bicycle suits you?' },
        text: {
          fr: 'Trois mesures suffisent. Nos vendeurs les prennent avec vous.',
          en: 'Three measures will do. Our staff take them with you.',
        },
      },
    },
    {
      key: 'essai',
      name: 'Essai en magasin',
      medium: 'email',
      subject: 'events',
      hours: [12],
      valueMinor: 2_500,
      content: {
        title: { fr: 'Un essai, sans rien acheter', en: 'A ride, nothing to buy' },
        text: {
          fr: 'Réservez un vélo à essayer dans le magasin le plus proche.',
          en: 'Reserve a bicycle to try in the nearest shop.',
        },
      },
    },
  ],
  ...at(4, 1),
}

/** Whoever is new is welcomed, and asked again a week later, unless they have ordered. */
const welcome = (segmentId: string) =>
  journeyGraphSchema.parse({
    nodes: [
      {
        id: 'entree',
        name: 'Nouveaux venus',
        type: 'entry',
        by: { kind: 'segment', segmentId, when: 'now' },
        ...at(0),
      },
      {
        id: 'bienvenue',
        name: 'Bienvenue',
        type: 'message',
        medium: 'email',
        subject: 'news',
        content: {
          title: { fr: 'Bienvenue chez Alizé', en: 'Welcome to Alizé' },
          text: {
            fr: 'Bonjour {{first_name|et bienvenue}},\n\nNos ateliers de Nantes et de Rennes vous reçoivent sans rendez-vous le samedi matin.',
            en: 'Hello {{first_name|and welcome}},\n\nOur workshops in Nantes and Rennes see you without an appointment on Saturday mornings.',
          },
        },
        ...at(1),
      },
      {
        id: 'semaine',
        name: 'Une semaine',
        type: 'wait',
        until: { kind: 'duration', minutes: 7 * minutesOfDay },
        ...at(2),
      },
      { id: 'commande', name: 'A commandé ?', type: 'branch', on: { kind: 'did', what: 'order' }, ...at(3) },
      adviceOrRide,
      { id: 'but', name: 'Première commande', type: 'goal', what: 'order', withinDays: 30, leave: false, ...at(2, 2) },
      { id: 'fin', name: 'Fin', type: 'exit', ...at(5) },
    ],
    edges: [
      way('entree', 'bienvenue'),
      way('bienvenue', 'semaine'),
      way('semaine', 'commande'),
      way('commande', 'fin', 'yes'),
      way('commande', 'conseil', 'no'),
      way('conseil', 'fin'),
    ],
  })

/** Whoever bought a bicycle is reminded of its first service, by e-mail or by a text message. */
const firstService = journeyGraphSchema.parse({
  nodes: [
    {
      id: 'achat',
      name: 'Achat d’un vélo',
      type: 'entry',
      by: { kind: 'event', what: 'purchase', categoryCodes: ['velos'] },
      againAfterDays: 90,
      ...at(0),
    },
    {
      id: 'attente',
      name: 'Quarante jours',
      type: 'wait',
      until: { kind: 'duration', minutes: 40 * minutesOfDay },
      ...at(1),
    },
    {
      id: 'revision',
      name: 'Première révision',
      type: 'message',
      medium: 'email',
      subject: 'advice',
      content: {
        title: { fr: 'La première révision de votre vélo', en: 'The first service of your bicycle' },
        text: {
          fr: 'Câbles et rayons se sont mis en place : c’est le moment de la première révision, offerte dans l’année.',
          en: 'Cables and spokes have settled: this is the time for the first service, free within the year.',
        },
      },
      ...at(2),
    },
    {
      id: 'rendez-vous',
      name: 'Prend rendez-vous',
      type: 'wait',
      until: { kind: 'event', what: 'appointment', minutes: 14 * minutesOfDay },
      ...at(3),
    },
    { id: 'but', name: 'Rendez-vous pris', type: 'goal', what: 'appointment', withinDays: 90, ...at(2, 2) },
    { id: 'fin', name: 'Fin', type: 'exit', ...at(4) },
  ],
  edges: [
    way('achat', 'attente'),
    way('attente', 'revision'),
    way('revision', 'rendez-vous'),
    way('rendez-vous', 'fin'),
    way('rendez-vous', 'fin', 'timeout'),
  ],
})

/** Publishes the two journeys of Alizé; who is in them is found by the jobs of the server. */
export async function writeJourneys(ctx: Ctx, tx: Tx, newcomersId: string): Promise<void> {
  const settings = journeySettingsSchema.parse({ heldOutPercent: 10, budgetMinor: 50_000 })
  const journeys = [
    { name: 'Bienvenue', description: 'Pour les nouveaux venus de l’Ouest.', graph: welcome(newcomersId) },
    { name: 'Première révision', description: 'Après l’achat d’un vélo.', graph: firstService },
  ]
  for (const journey of journeys) {
    const { id, revision } = await createJourney(ctx, tx, { ...journey, settings })
    await publishJourney(ctx, tx, id, { revision, people: 'stay', instead: {} })
  }
}
