import { hash, verify } from '@node-rs/argon2'

/**
 * Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet). The algorithm is the package's default; its
 * name is not imported because a constant enumeration does not survive type stripping.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

export function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'))
}
