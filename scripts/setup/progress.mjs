// What set-up tells the person. Always on stderr: stdout belongs to the command that was asked for.

/** @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`latent: ${sentence}\n`)
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1)

/**
 * A byte counter for a long download: one line that redraws on a terminal, and elsewhere a line
 * every few seconds, so that a log stays readable.
 *
 * @param {string} label
 * @returns {(doneBytes: number, totalBytes: number) => void}
 */
export function byteProgress(label, stream = process.stderr, intervalMs = undefined) {
  const everyMs = intervalMs ?? (stream.isTTY ? 100 : 3000)
  let shownAt = Date.now() - (stream.isTTY ? everyMs : 0)
  return (doneBytes, totalBytes) => {
    const finished = totalBytes > 0 && doneBytes >= totalBytes
    if (!finished && Date.now() - shownAt < everyMs) return
    shownAt = Date.now()
    const percent = totalBytes > 0 ? ` (${Math.floor((100 * doneBytes) / totalBytes)}%)` : ''
    const of = totalBytes > 0 ? ` of ${megabytes(totalBytes)}` : ''
    const line = `latent: ${label}: ${megabytes(doneBytes)}${of} MB${percent}`
    if (stream.isTTY) stream.write(`\r${line}\x1b[K${finished ? '\n' : ''}`)
    else stream.write(`${line}\n`)
  }
}
