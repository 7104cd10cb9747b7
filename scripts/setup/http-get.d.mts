// Types of http-get.mjs for the program, whose downloads share it.
import type { IncomingMessage } from 'node:http'

export interface RequestOptions {
  readonly method?: 'GET' | 'HEAD'
  readonly headers?: Readonly<Record<string, string>>
  /** Longest silence before the answer's headers. */
  readonly timeoutMs: number
  readonly env?: NodeJS.ProcessEnv
}

/** Follows redirects; whatever the last server answered, any status. */
export function httpGet(url: string, options: RequestOptions): Promise<IncomingMessage>
export function proxyFor(target: URL, env: NodeJS.ProcessEnv): URL | undefined
