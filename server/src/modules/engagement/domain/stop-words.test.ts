import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wishOf } from './stop-words.ts'

test.each([
  'STOP',
  'stop',
  'Stop.',
  '  stop  ',
  '\n STOP\n',
  'STOP!!!',
  '"STOP"',
  '« STOP »',
  'STOP ?',
  'S.T.O.P',
  's t o p',
  'STOP STOP',
  'stop 🛑',
  'ｓｔｏｐ',
  'STOP SMS',
  'stopsms',
  'STOP 36111',
  'STOP au 36111',
  'stop36111',
  'Stop au 36xxx',
  'stop svp',
  'Stop s’il vous plaît',
  'Stop, merci d’avance',
  'Bonjour, stop aux messages merci',
  'stop à tous vos sms',
  'Je veux me désinscrire de la liste',
  'ARRET',
  'Arrêt',
  'ARRE\u0302T',
  'arrêtez de m’envoyer des messages',
  'Stoppez la pub',
  'DESABO',
  'désabonnement',
  'résilier mon abonnement',
  'UNSUBSCRIBE',
  'unsubscribe me please',
  'CANCEL',
  'End',
  'quit',
  'opt out',
  'OPT-OUT',
  'Je ne veux plus recevoir vos messages',
  'Ne m’envoyez plus de SMS',
  'Plus de pub merci',
  'No more texts, please',
  'STOP\n> Alizé : 20 % sur les vélos ! STOP au 36111',
  'Stop\n\nLe 3 mars 2026 à 10:02, Alizé a écrit :\nVenez samedi',
  'Stop\n--\nEnvoyé de mon téléphone',
  'stop « Alizé : 20 % ce samedi »',
  'stop\nEnvoyé de mon téléphone',
  'STOP\nJean Dupont',
  'Stop.\r\nJe n’ai rien demandé',
  'STOP\u200B',
  'STOP 33612345678',
  'Stop messaging me!',
  'Arrêtez ça svp',
])('stop: %j', (text) => expect(wishOf(text)).toBe('stop'))

test.each(['START', 'start.', 'UNSTOP', 'Reprendre', 'réabonnement svp', 'start 36111', 'opt in'])(
  'start: %j',
  (text) => expect(wishOf(text)).toBe('start'),
)

test.each([
  '',
  '   ',
  '🛑',
  'non stop',
  'Non-stop !',
  'ne stoppez pas',
  'surtout pas stop',
  'stop ou encore ?',
  'stop ou pas',
  'Le bus s’arrête où ?',
  'arrêt de bus',
  'Un stop de vélo, vous avez ?',
  'cancel my order',
  'The end',
  'weekend',
  'to the end',
  'quitte à choisir, samedi',
  'stop start',
  'Jean\nfull stop',
  'Le dernier arrêt\nsamedi',
  'start stop',
  'Oui merci',
  'Je ne veux plus recevoir la commande 1234',
  'Plus de détails ?',
  'C’est quoi ?\n> Alizé : 20 % ! STOP au 36111',
  'Que veut dire « STOP au 36111 » ?',
  'stoppée net par la pluie',
  'destop pour évier',
])('neither: %j', (text) => expect(wishOf(text)).toBe('neither'))

test('case, spaces, accents and signs around it change nothing', () => {
  const around = fc.string({ unit: fc.constantFrom(' ', '.', '!', '\n', '*', '…', '👍'), maxLength: 6 })
  const word = fc.constantFrom('stop', 'arrêt', 'désabo', 'unsubscribe', 'STOP au 36111')
  fc.assert(
    fc.property(around, word, around, fc.boolean(), fc.constantFrom('NFC', 'NFD'), (left, one, right, large, form) => {
      const text = `${left}${large ? one.toUpperCase() : one}${right}`.normalize(form)
      expect(wishOf(text)).toBe('stop')
    }),
  )
})

test('a word within another, or with words that are not its own, is not obeyed by a machine', () => {
  const letters = fc.string({
    unit: fc.constantFrom('b', 'c', 'g', 'h', 'k', 'v', 'w', 'z'),
    minLength: 4,
    maxLength: 8,
  })
  fc.assert(
    fc.property(letters, (other) => {
      for (const text of [`${other}stop`, `stop${other}`, `${other} stop`, `stop ${other}`])
        expect(wishOf(text)).toBe('neither')
    }),
  )
})
