/** What a request says of where it comes from. */
export type Provenance = {
  readonly secFetchSite: string | undefined
  readonly origin: string | undefined
  /** Host and port the request was sent to. */
  readonly host: string
  readonly trustedOrigins: readonly string[]
}

/**
 * Whether the page that made a browser send this request is one of ours; undefined when the request does not say.
 * `Sec-Fetch-Site` comes first: pages cannot forge it, and it is there even where the referrer policy empties `Origin`.
 */
export function comesFromUs({ secFetchSite, origin, host, trustedOrigins }: Provenance): boolean | undefined {
  if (secFetchSite === 'same-origin') return true
  if (origin !== undefined && origin !== 'null')
    return trustedOrigins.includes(origin) || (secFetchSite === undefined && hostOf(origin) === host)
  return secFetchSite === undefined && origin === undefined ? undefined : false
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
