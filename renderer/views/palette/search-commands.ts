// Finds commands by their names: every word typed begins a word of the name, or lies within it.
import type { Command } from './command.ts'

/** Best first; all of them, as they come, for an empty text. */
export function searchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands
  const ranked = commands.flatMap((command) => {
    const rank = rankOf(command.name.toLowerCase(), words)
    return rank === null ? [] : [{ command, rank }]
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ command }) => command)
}

/** 0 for the name's own start, more for later and inner finds; null when a word is missing. */
function rankOf(name: string, words: readonly string[]): number | null {
  let rank = 0
  for (const word of words) {
    const at = name.indexOf(word)
    if (at < 0) return null
    const startsWord = at === 0 || /[^a-z0-9]/.test(name[at - 1] ?? ' ')
    rank += at === 0 ? 0 : startsWord ? 1 : 2
  }
  return rank
}
