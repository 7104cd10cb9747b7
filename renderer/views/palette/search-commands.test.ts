import { expect, it } from 'vitest'
import type { Command } from './command.ts'
import { searchCommands } from './search-commands.ts'

const commands = ['Fit all photos', 'Select all shown', 'Show all photos', 'Benefit'].map(
  (name): Command => ({ id: name, name, run: () => {} }),
)
const find = (text: string): string[] => searchCommands(commands, text).map(({ name }) => name)

it('lists everything as it comes for an empty text', () => {
  expect(find('  ')).toEqual(commands.map(({ name }) => name))
})

it('puts names that begin with the text before names that hold it', () => {
  expect(find('fit')).toEqual(['Fit all photos', 'Benefit'])
})

it('wants every word, in any order', () => {
  expect(find('photos show')).toEqual(['Show all photos'])
  expect(find('all')).toEqual(['Fit all photos', 'Select all shown', 'Show all photos'])
  expect(find('all dogs')).toEqual([])
})
