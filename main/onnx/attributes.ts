// Reads a node's attributes by name.
import type { Attribute, Node } from './model.ts'

const find = (node: Node, name: string): Attribute | undefined =>
  node.attributes.find((attribute) => attribute.name === name)

export const hasAttribute = (node: Node, name: string): boolean => find(node, name) !== undefined

export const intAttribute = (node: Node, name: string, fallback: number): number =>
  find(node, name)?.i ?? fallback

export const floatAttribute = (node: Node, name: string, fallback: number): number =>
  find(node, name)?.f ?? fallback

/** undefined when the attribute is absent. */
export const intsAttribute = (node: Node, name: string): readonly number[] | undefined =>
  find(node, name)?.ints

export const stringAttribute = (node: Node, name: string, fallback: string): string => {
  const found = find(node, name)
  return found === undefined ? fallback : new TextDecoder().decode(found.s)
}
