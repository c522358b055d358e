import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

const id = '01990000-0000-7000-8000-00000000abcd'
const read = (lines: readonly string[]) => readMail(Buffer.from(lines.join('\r\n')), 'alize.example')
const report = (fields: readonly string[], original: readonly string[]) =>
  read([
    'From: MAILER-DAEMON@relais.example',
    'Subject: Undelivered',
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relais.example',
    '',
    ...fields,
    '',
    '--b',
    ...original,
    '--b--',
    '',
  ])

test('a report names the message and what became of each recipient (RFC 3464)', async () => {
  const whole = ['Content-Type: message/rfc822', '', `Message-ID: <${id}@alize.example>`, 'Subject: x', '', 'Bonjour']
  expect(
    await report(
      [
        'Final-Recipient: rfc822; Parti@Client.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1',
        ' no such user',
      ],
      whole,
    ),
  ).toEqual({
    kind: 'report',
    about: id,
    recipients: [
      { address: 'parti@client.example', action: 'failed', status: '5.1.1', why: 'smtp; 550 5.1.1 no such user' },
    ],
  })
  const headers = ['Content-Type: text/rfc822-headers', '', `Message-Id:`, ` <${id}@ALIZE.example>`, 'Subject: x', '']
  expect(
    await report(['Original-Recipient: rfc822;a@b.example', 'Action: delayed', 'Status: 4.4.1'], headers),
  ).toMatchObject({
    about: id,
    recipients: [{ address: 'a@b.example', action: 'delayed', status: '4.4.1' }],
  })
})

test('a report about what is not ours names nothing', async () => {
  const other = ['Content-Type: message/rfc822', '', `Message-ID: <${id}@ailleurs.example>`, '', 'x']
  expect(
    await report(['Final-Recipient: rfc822; a@b.example', 'Action: failed', 'Status: 5.1.1'], other),
  ).toMatchObject({
    about: null,
  })
})

test('an answer is one to a message of ours, by a person', async () => {
  const answer = (more: readonly string[]) =>
    read([
      'From: =?utf-8?Q?L=C3=A9a?= <Lea@Client.example>',
      'Subject: =?utf-8?Q?R=C3=A9=3A_pr=C3=AAt?=',
      'Content-Type: text/plain; charset=utf-8',
      ...more,
      '',
      'Je passe demain à 15 h.',
    ])
  expect(await answer([`In-Reply-To: <${id}@alize.example>`])).toEqual({
    kind: 'answer',
    about: id,
    from: 'lea@client.example',
    subject: 'Ré: prêt',
    text: 'Je passe demain à 15 h.',
  })
  expect(await answer([`References: <autre@x.example> <${id}@alize.example>`])).toMatchObject({
    kind: 'answer',
    about: id,
  })
  for (const more of [
    [],
    [`In-Reply-To: <${id}@ailleurs.example>`],
    [`In-Reply-To: <${id}@alize.example>`, 'Auto-Submitted: auto-replied'],
  ])
    expect(await answer(more)).toEqual({ kind: 'other' })
})
