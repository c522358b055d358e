import { journeyGraphSchema } from '@ecluse/contracts/journey-graph.ts'
import { journeySettingsSchema } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Tx } from '../kernel/db.ts'
import { createJourney, publishJourney } from '../modules/engagement/public.ts'

const minutesOfDay = 1_440
const way = (from: string, to: string, port = 'next') => ({ from, port, to })
/** A journey is read from top to bottom, as the editor tidies it. */
const at = (step: number, side = 0) => ({ x: side * 260, y: step * 140 })

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
    {
      id: 'rappel',
      name: 'Notification',
      type: 'message',
      medium: 'push',
      subject: 'advice',
      content: {
        title: { fr: 'Votre révision offerte', en: 'Your free service' },
        text: {
          fr: 'Il reste des heures cette semaine à l’atelier le plus proche.',
          en: 'There are hours left this week at the nearest workshop.',
        },
      },
      ...at(4, 1),
    },
    { id: 'but', name: 'Rendez-vous pris', type: 'goal', what: 'appointment', withinDays: 90, ...at(2, 2) },
    { id: 'fin', name: 'Fin', type: 'exit', ...at(5) },
  ],
  edges: [
    way('achat', 'attente'),
    way('attente', 'revision'),
    way('revision', 'rendez-vous'),
    way('rendez-vous', 'fin'),
    way('rendez-vous', 'rappel', 'timeout'),
    way('rappel', 'fin'),
  ],
})

/** A company that comes into the segment is written to, and visited by a representative if it has asked for visits. */
const fleets = (segmentId: string) =>
  journeyGraphSchema.parse({
    nodes: [
      {
        id: 'entree',
        name: 'Entreprises',
        type: 'entry',
        by: { kind: 'segment', segmentId, when: 'now' },
        ...at(0),
      },
      {
        id: 'lettre',
        name: 'Vélos de service',
        type: 'message',
        medium: 'email',
        subject: 'news',
        content: {
          title: { fr: 'Vos équipes à vélo', en: 'Your teams by bicycle' },
          text: {
            fr: 'Essai d’une semaine, entretien sur place, paiement à trente jours : nous équipons des flottes de cinq à cinquante vélos.',
            en: 'A week’s trial, servicing on the spot, payment within thirty days: we equip fleets of five to fifty bicycles.',
          },
        },
        ...at(1),
      },
      {
        id: 'attente',
        name: 'Deux semaines',
        type: 'wait',
        until: { kind: 'duration', minutes: 14 * minutesOfDay },
        ...at(2),
      },
      {
        id: 'visite',
        name: 'Visite du commercial',
        type: 'message',
        medium: 'visit',
        subject: 'news',
        content: {
          title: { fr: 'Flotte de vélos de service', en: 'A fleet of company bicycles' },
          text: {
            fr: 'Compter les trajets de moins de cinq kilomètres.\n\nProposer l’essai d’une semaine avec trois tailles, et la révision sur place.\n\nRappeler la durée de garde des devis.',
            en: 'Count the journeys under five kilometres.\n\nOffer the week’s trial with three sizes, and servicing on the spot.\n\nRecall how long quotes are held.',
          },
        },
        ...at(3),
      },
      { id: 'but', name: 'Commande', type: 'goal', what: 'order', withinDays: 90, leave: true, ...at(2, 2) },
      { id: 'fin', name: 'Fin', type: 'exit', ...at(4) },
    ],
    edges: [way('entree', 'lettre'), way('lettre', 'attente'), way('attente', 'visite'), way('visite', 'fin')],
  })

/** Publishes the journeys of Alizé; who is in them is found by the jobs of the server. */
export async function writeJourneys(
  ctx: Ctx,
  tx: Tx,
  { newcomers, companies }: { newcomers: string; companies: string },
): Promise<void> {
  const settings = journeySettingsSchema.parse({ heldOutPercent: 10, budgetMinor: 50_000 })
  const journeys = [
    { name: 'Bienvenue', description: 'Pour les nouveaux venus de l’Ouest.', graph: welcome(newcomers) },
    { name: 'Première révision', description: 'Après l’achat d’un vélo.', graph: firstService },
    { name: 'Flottes d’entreprise', description: 'Un courriel, puis une visite.', graph: fleets(companies) },
  ]
  for (const journey of journeys) {
    const { id, revision } = await createJourney(ctx, tx, { ...journey, settings })
    await publishJourney(ctx, tx, id, { revision, people: 'stay', instead: {} })
  }
}
