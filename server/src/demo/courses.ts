import type { CourseContent, TrainingQuestion } from '@ecluse/contracts/training.ts'
import { frenchSpaces } from './french-spaces.ts'

type Said = readonly [fr: string, en: string]
const said = ([fr, en]: Said) => ({ fr: frenchSpaces(fr), en })

/** A question; those of its choices that are right begin with a star. */
function ask(id: string, text: Said, choices: readonly Said[], explanation: Said): TrainingQuestion {
  const read = choices.map(([fr, en], at) => {
    const right = fr.startsWith('*')
    return { id: `c${at}`, text: said([fr.replace('*', ''), en]), right }
  })
  const several = read.filter(({ right }) => right).length > 1
  return { id, text: said(text), several, choices: read, explanation: said(explanation) }
}

const welcome: CourseContent = {
  title: said([
    'Accueillir en boutique et au comptoir de retrait',
    'Welcoming customers in the shop and at the counter',
  ]),
  summary: said(['Reconnaître, servir, remettre.', 'Recognise, serve, hand over.']),
  lessons: [
    {
      id: 'greet',
      title: said(['Dans la minute', 'Within the minute']),
      body: said([
        'Saluez chaque personne dans la minute, même occupé : un regard et un mot suffisent.\n\n- Demandez ce qui l’amène.\n- Dites combien de temps vous en avez encore.',
        'Greet everybody within the minute, even when busy: a look and a word are enough.\n\n- Ask what brings them.\n- Say how long you will be.',
      ]),
    },
    {
      id: 'collect',
      title: said(['Au comptoir de retrait', 'At the collection counter']),
      body: said([
        'Scannez le laissez-passer, ou demandez le numéro de commande et le nom. Ne remettez rien sans l’un ou l’autre.\n\nOuvrez le colis avec le client : une erreur vue au comptoir se corrige tout de suite.',
        'Scan the pass, or ask for the order number and the name. Hand nothing over without one or the other.\n\nOpen the parcel with the customer: a mistake seen at the counter is put right at once.',
      ]),
    },
  ],
  questions: [
    ask(
      'busy',
      [
        'Vous servez quelqu’un et une autre personne entre. Que faites-vous ?',
        'You are serving somebody and another person comes in. What do you do?',
      ],
      [
        ['Je finis d’abord, puis je la salue.', 'I finish first, then greet them.'],
        ['*Je la salue et dis combien de temps j’en ai.', 'I greet them and say how long I will be.'],
        ['J’attends qu’elle demande.', 'I wait until they ask.'],
      ],
      [
        'Être vu fait patienter : un mot dans la minute suffit.',
        'Being seen makes waiting easier: a word within the minute is enough.',
      ],
    ),
    ask(
      'proof',
      ['Avec quoi peut-on remettre une commande ?', 'What lets you hand an order over?'],
      [
        ['*Le laissez-passer scanné', 'The scanned pass'],
        ['La description de l’article', 'A description of the article'],
        ['*Le numéro de commande et le nom', 'The order number and the name'],
      ],
      [
        'Le laissez-passer, ou le numéro et le nom : une description peut venir de n’importe qui.',
        'The pass, or the number and the name: anybody can describe an article.',
      ],
    ),
    ask(
      'open',
      ['Pourquoi ouvrir le colis au comptoir ?', 'Why open the parcel at the counter?'],
      [
        ['*Pour corriger une erreur tout de suite', 'To put a mistake right at once'],
        ['Pour refuser tout retour ensuite', 'To refuse any return later'],
      ],
      [
        'C’est un service : les droits du client restent les mêmes.',
        'It is a service: the customer’s rights stay the same.',
      ],
    ),
  ],
  passPercent: 66,
  validMonths: null,
}

const rights: CourseContent = {
  title: said(['Droit de rétractation et données personnelles', 'Right of withdrawal and personal data']),
  summary: said([
    'Ce que l’on doit au client, ce que l’on ne note pas.',
    'What customers are owed, and what is not written down.',
  ]),
  lessons: [
    {
      id: 'withdraw',
      title: said(['Quatorze jours', 'Fourteen days']),
      body: said([
        'Une commande faite à distance peut être rendue pendant quatorze jours après la livraison, sans raison à donner. Un achat fait en magasin n’a pas ce droit : l’échange y est un geste de la maison.',
        'An order placed at a distance can be returned for fourteen days after delivery, without a reason. A purchase made in the shop has no such right: exchanging it is a courtesy of the house.',
      ]),
    },
    {
      id: 'data',
      title: said(['Ce que l’on note', 'What is written down']),
      body: said([
        'Notez ce qui sert la commande, rien d’autre : ni santé, ni opinions, ni jugements. Le client peut tout demander à lire.\n\n- Une demande de données va à la page Données des personnes, le jour même.\n- On ne donne rien par téléphone sans savoir qui parle.',
        'Write down what serves the order and nothing else: no health, no opinions, no judgements. Customers may ask to read it all.\n\n- A request about data goes to the page on people’s data, the same day.\n- Nothing is told by telephone without knowing who calls.',
      ]),
    },
  ],
  questions: [
    ask(
      'reason',
      [
        'Un client rend une commande du site au dixième jour. Doit-il dire pourquoi ?',
        'A customer returns a web order on the tenth day. Must they say why?',
      ],
      [
        ['Oui, par écrit', 'Yes, in writing'],
        ['*Non', 'No'],
      ],
      [
        'Pendant quatorze jours après la livraison, aucune raison n’est à donner.',
        'For fourteen days after delivery no reason has to be given.',
      ],
    ),
    ask(
      'note',
      ['Que peut-on écrire sur la fiche d’un client ?', 'What may be written in a customer’s file?'],
      [
        ['« Client pénible »', '“Tiresome customer”'],
        ['*« Préfère être appelé après 17 h »', '“Prefers calls after 5 p.m.”'],
        ['« Mal de dos »', '“Back pain”'],
        ['*« Vélo rangé au garage : livrer derrière »', '“Bicycle kept in the garage: deliver at the back”'],
      ],
      [
        'Ce qui sert la commande seulement : ni jugement, ni santé.',
        'Only what serves the order: no judgement, no health.',
      ],
    ),
  ],
  passPercent: 100,
  validMonths: 12,
}

/** What the team of Alizé learns. */
export const demoCourses = { welcome, rights }
