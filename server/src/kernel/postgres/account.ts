import { lchownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartError } from '../start-error.ts'

/** The unprivileged user that PostgreSQL runs as when the server is root: PostgreSQL refuses to be root. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/**
 * The account to run PostgreSQL as: null when this process is not root, else the owner of the database if it has one
 * already, else `postgres`, else `nobody`.
 *
 * @throws StartError `start.no_account` when root finds none of them
 */
export function postgresAccount(databaseDir: string): Account | null {
  if (process.getuid?.() !== 0) return null
  const accounts = readAccounts()
  const owner = statSync(databaseDir, { throwIfNoEntry: false })?.uid
  const found =
    accounts.find((account) => account.uid !== 0 && account.uid === owner) ??
    ['postgres', '_postgres', 'nobody'].map((name) => accounts.find((account) => account.name === name)).find(Boolean)
  if (found === undefined || found.uid === 0) throw new StartError('start.no_account')
  return found
}

/**
 * The first folder on the way to `path`, itself included, that an account may not enter; null when it may enter them all.
 * Permission bits only: access lists are not looked at.
 */
export function blockingFolder(path: string, account: Account): string | null {
  const folders: string[] = []
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (folder === dirname(folder)) break
  }
  return folders.find((folder) => !mayEnter(folder, account)) ?? null
}

/** Gives a folder and everything in it to an account. */
export function giveTo(account: Account, path: string): void {
  lchownSync(path, account.uid, account.gid)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) giveTo(account, inside)
    else lchownSync(inside, account.uid, account.gid)
  }
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function readAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
